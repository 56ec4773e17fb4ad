// Small multiples: panels of one size in a grid, as many columns as the width holds.
// One chart draws them all, so that they share a picture, a scale and a tooltip.
import { axis_style, time_axis } from './chart.js';

const gap = 22;
const title_height = 38;
const axis_height = 26;
const left = 46;

// Where an axis of chances ends, and its step: in three to five parts.
export function nice_reach(value) {
  const step = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25].find((s) => value / s <= 4.2) ?? 0.25;
  return { high: Math.min(1, Math.ceil(value / step - 1e-9) * step), step };
}

export function panels(count, { panel_width = 300, panel_height = 112 } = {}) {
  const columns = (width) => Math.max(1, Math.min(count, Math.floor((width + gap) / (panel_width + gap))));
  const pitch = title_height + panel_height + axis_height;
  return {
    height: (width) => Math.ceil(count / columns(width)) * pitch + 6,
    grids: (width) => {
      const across = columns(width);
      const each = (width - (across - 1) * gap) / across;
      return Array.from({ length: count }, (_, i) => ({
        left: (i % across) * (each + gap) + left,
        width: each - left - 8,
        top: Math.floor(i / across) * pitch + title_height,
        height: panel_height,
      }));
    },
  };
}

// A value that all panels share, or one for each.
const of_panel = (value, i) => (Array.isArray(value) ? value[i] : value);

// The axes of every panel: its span of dates and the same scale, or its own (`low`, `high`, `step` and `label` may be
// lists); the title stands above the scale.
export function panel_axes({ titles, clock, colors, spans, low, high, step, label, grids }) {
  const style = axis_style(colors);
  const few = (grid) => Math.max(2, Math.floor(grid.width / 90));
  return {
    grid: grids,
    xAxis: grids.map((grid, i) => {
      const axis = time_axis(clock, colors, ...spans[i]);
      const ends = clock.axis === 'value' ? { showMinLabel: false, showMaxLabel: false } : {};
      return {
        ...axis,
        gridIndex: i,
        splitNumber: few(grid),
        minInterval: (spans[i][1] - spans[i][0]) / (few(grid) + 1),
        axisLine: { ...axis.axisLine, onZero: false },
        axisLabel: { ...axis.axisLabel, ...ends },
      };
    }),
    yAxis: grids.map((grid, i) => ({
      type: 'value',
      gridIndex: i,
      min: of_panel(low, i),
      max: of_panel(high, i),
      interval: of_panel(step, i),
      ...style,
      axisLine: { ...style.axisLine, onZero: false },
      axisLabel: { ...style.axisLabel, formatter: of_panel(label, i) },
      name: titles[i],
      nameLocation: 'end',
      nameGap: 17,
      nameTruncate: { maxWidth: grid.width + left },
      nameTextStyle: {
        color: colors.ink,
        fontSize: 14,
        fontWeight: 600,
        align: 'left',
        padding: [0, 0, 0, -left + 4],
      },
    })),
  };
}

// A band between two lines, and the line within: what every panel and every forecast is drawn with.
export function banded(points, { color, opacity = 0.16, axis = 0, width = 2, own = {}, symbol = 'none', layer = '' }) {
  const hidden = {
    type: 'line',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    stack: `band${layer}-${axis}`,
    stackStrategy: 'all',
    xAxisIndex: axis,
    yAxisIndex: axis,
    tooltip: { show: false },
  };
  return [
    { ...hidden, data: points.map((p) => [p.time, p.low]) },
    { ...hidden, areaStyle: { color, opacity }, data: points.map((p) => [p.time, p.high - p.low]) },
    {
      type: 'line',
      symbol,
      symbolSize: 6,
      xAxisIndex: axis,
      yAxisIndex: axis,
      lineStyle: { color, width },
      itemStyle: { color },
      data: points.map((p) => [p.time, p.value]),
      ...own,
    },
  ];
}
