// How the calibration chart is drawn: dots with their error bars around the diagonal, and the forecasts counted below.
import { axis_style, tooltip_style } from './chart.js';
import { h } from './dom.js';
import { percent, percent_range, plural } from './format.js';
import { nice_reach } from './multiples.js';

const per_cent = (value) => `${Number((100 * value).toPrecision(3))} %`;
const bars = 40;
const below = 84; // room under the upper chart for its axis and the name of the lower one

// As far as the points go, rounded up to a step of the axis; error bars that go further are cut at the edge.
function reach_of(bins, forecasts) {
  const points = Math.max(...bins.flatMap((bin) => [bin.mean_forecast, bin.observed]));
  const whiskers = Math.max(...bins.map((bin) => bin.observed_high ?? bin.observed));
  const shown = Math.max(0.02, ...forecasts.map((f) => f.probability));
  const wanted = Math.max(1.08 * points, Math.min(1.04 * whiskers, 1.6 * points));
  return nice_reach(Math.max(wanted, Math.min(shown, 1.4 * points)));
}

function whisker(colors) {
  return (_, api) => {
    const [x, low] = api.coord([api.value(0), api.value(1)]);
    const [, high] = api.coord([api.value(0), api.value(2)]);
    const line = (x1, y1, x2, y2) => ({
      type: 'line',
      shape: { x1, y1, x2, y2 },
      style: { stroke: colors.ink, lineWidth: 1.5 },
    });
    return {
      type: 'group',
      children: [line(x, low, x, high), line(x - 4, low, x + 4, low), line(x - 4, high, x + 4, high)],
    };
  };
}

function bar(fill) {
  return (params, api) => {
    const [x0, y0] = api.coord([api.value(0), 0]);
    const [x1, y1] = api.coord([api.value(1), api.value(2)]);
    return {
      type: 'rect',
      shape: { x: x0 + 0.5, y: y1, width: Math.max(1, x1 - x0 - 1), height: y0 - y1 },
      style: { fill },
    };
  };
}

// Forecasts counted in narrow steps of chance, all of them and those of what then happened.
function histogram(forecasts, reach) {
  const counts = Array.from({ length: bars }, (_, i) => [(i * reach) / bars, ((i + 1) * reach) / bars, 0, 0]);
  for (const f of forecasts) {
    const bin = counts[Math.min(bars - 1, Math.floor((bars * f.probability) / reach))];
    bin[2] += 1;
    bin[3] += f.outcome === 1 ? 1 : 0;
  }
  return counts.filter((bin) => bin[2] > 0);
}

export function calibration_option(block, bins, colors, width) {
  const { forecasts, words } = block;
  const { high: reach, step } = reach_of(bins, forecasts);
  const interval = width < 420 && reach / step > 3 ? 2 * step : step;
  const style = axis_style(colors);
  const counts = histogram(forecasts, reach);
  const left = 52;
  const grid = { left, right: 20 };
  const upper = upper_height(width);
  const label = { ...style.axisLabel, formatter: per_cent };
  const x = { type: 'value', min: 0, max: reach, interval, ...style };
  const name = (text) => ({
    name: text,
    nameLocation: 'end',
    nameTextStyle: { ...style.nameTextStyle, align: 'left', padding: [0, 0, 0, -left + 4] },
  });
  return {
    tooltip: { ...tooltip_style(colors), trigger: 'item' },
    grid: [
      { ...grid, top: 30, height: upper },
      { ...grid, top: 30 + upper + below, height: 64 },
    ],
    xAxis: [
      { ...x, gridIndex: 0, axisLabel: label, name: 'Chance that was said', nameLocation: 'middle', nameGap: 28 },
      {
        ...x,
        gridIndex: 1,
        axisLabel: { ...label, show: false },
        axisTick: { show: false },
        splitLine: { show: false },
      },
    ],
    yAxis: [
      {
        type: 'value',
        min: 0,
        max: reach,
        gridIndex: 0,
        ...style,
        axisLabel: label,
        interval: step,
        ...name(`Share that ${words.did}`),
      },
      {
        type: 'value',
        min: 0,
        gridIndex: 1,
        ...style,
        splitNumber: 2,
        minInterval: 1,
        ...name(`Forecasts made (in colour: those that ${words.did})`),
      },
    ],
    series: [
      {
        type: 'line',
        symbol: 'none',
        silent: true,
        tooltip: { show: false },
        lineStyle: { color: colors.muted, type: 'dashed', width: 1.5 },
        data: [
          [0, 0],
          [reach, reach],
        ],
      },
      {
        type: 'custom',
        silent: true,
        clip: true,
        renderItem: whisker(colors),
        encode: { x: 0, y: [1, 2] },
        data: bins
          .filter((bin) => Number.isFinite(bin.observed_low))
          .map((bin) => [bin.mean_forecast, bin.observed_low, bin.observed_high]),
      },
      {
        type: 'scatter',
        symbolSize: (_, p) => 7 + Math.min(9, Math.sqrt(bins[p.dataIndex].n) / 1.6),
        itemStyle: { color: colors.ink },
        tooltip: { formatter: ({ dataIndex }) => h('div', {}, said_of(bins[dataIndex], words)) },
        data: bins.map((bin) => [bin.mean_forecast, bin.observed]),
      },
      ...[
        [2, colors.band],
        [3, colors.conflict],
      ].map(([at, fill]) => ({
        type: 'custom',
        xAxisIndex: 1,
        yAxisIndex: 1,
        clip: true,
        renderItem: bar(fill),
        encode: { x: [0, 1], y: 2 },
        tooltip: {
          formatter: ({ value }) =>
            h(
              'div',
              {},
              `${percent(value[0])} to ${percent(value[1])}: ${plural(value[2], at === 2 ? 'forecast' : words.one, at === 2 ? 'forecasts' : words.many)}`,
            ),
        },
        data: counts.filter((bin) => bin[at] > 0).map((bin) => [bin[0], bin[1], bin[at]]),
      })),
    ],
  };
}

export const calibration_height = (width) => upper_height(width) + 30 + below + 64 + 16;

const upper_height = (width) => Math.min(360, Math.max(220, width - 90));

const said_of = (bin, words) =>
  `Said ${percent(bin.mean_forecast)} on average: ${percent(bin.observed)} of ${plural(bin.n, 'forecast')} ${words.did}` +
  (Number.isFinite(bin.observed_low) ? ` (${percent_range(bin.observed_low, bin.observed_high)})` : '');
