// ECharts, kept to the parts used, without animation, drawn as SVG so that it prints and exports sharply.
import { CustomChart, GraphChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

import { h } from './dom.js';
import { light } from './palette.js';
import { is_printing, on_theme_change, palette, sans } from './theme.js';

echarts.use([
  CustomChart,
  GraphChart,
  LineChart,
  ScatterChart,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  LabelLayout,
  SVGRenderer,
]);

const alive = new Set();
const print_width = 680;

const complete = (option) => ({ animation: false, textStyle: { fontFamily: sans }, ...option });

// A chart on the page.  `option(colors, width)` is asked again when the theme, the size or the data changes.
export function chart({ height, option, label, on = {} }) {
  const element = h('div', { class: 'plot', role: 'img', 'aria-label': label() });
  const heights = typeof height === 'function' ? height : () => height;
  let instance = null;
  let width = 0;
  const draw = () => {
    const wanted = is_printing() ? Math.min(print_width, element.clientWidth || print_width) : element.clientWidth;
    if (!wanted) return;
    width = wanted;
    element.style.height = `${heights(width)}px`;
    if (!instance) {
      instance = echarts.init(element, null, { renderer: 'svg', width, height: heights(width) });
      for (const [event, handler] of Object.entries(on)) instance.on(event, handler);
    }
    instance.resize({ width, height: heights(width) });
    instance.setOption(complete(option(palette(), width)), { notMerge: true });
    element.setAttribute('aria-label', label());
    const svg = element.querySelector('svg');
    svg?.setAttribute('aria-hidden', 'true');
  };
  const observer = new ResizeObserver(() => {
    if (!is_printing() && element.clientWidth !== width) draw();
  });
  observer.observe(element);
  const self = {
    element,
    draw,
    drawing(picture_width = 900) {
      const picture_height = heights(picture_width);
      const still = echarts.init(null, null, {
        renderer: 'svg',
        ssr: true,
        width: picture_width,
        height: picture_height,
      });
      still.setOption(complete(option(light, picture_width)));
      const svg = still.renderToSVGString();
      still.dispose();
      return { width: picture_width, height: picture_height, svg };
    },
    dispose() {
      observer.disconnect();
      instance?.dispose();
      alive.delete(self);
    },
  };
  alive.add(self);
  return self;
}

export const dispose_charts = () => [...alive].forEach((one) => one.dispose());

on_theme_change(() => alive.forEach((one) => one.draw()));

// The look shared by all axes and tooltips.
export const axis_style = (colors) => ({
  axisLine: { lineStyle: { color: colors.line } },
  axisTick: { lineStyle: { color: colors.line } },
  axisLabel: { color: colors.muted, fontSize: 13, hideOverlap: true },
  nameTextStyle: { color: colors.muted, fontSize: 13 },
  splitLine: { lineStyle: { color: colors.grid } },
});

export const tooltip_style = (colors) => ({
  confine: true,
  backgroundColor: colors.paper,
  borderColor: colors.line,
  textStyle: { color: colors.ink, fontSize: 14, fontFamily: sans },
  extraCssText: 'max-width:22rem;white-space:normal;box-shadow:0 2px 12px rgba(0,0,0,.15)',
});

// A time axis that speaks of days on a calendar and of plain numbers otherwise.
export function time_axis(clock, colors, from, to) {
  const style = axis_style(colors);
  const span = (to - from) / (clock.unit || 1);
  const calendar = span > 900 ? { year: '{yyyy}', month: '' } : { year: '{yyyy}', month: '{MMM}', day: '{d} {MMM}' };
  return {
    type: clock.axis,
    min: from,
    max: to,
    ...style,
    splitLine: { show: false },
    axisLabel: { ...style.axisLabel, ...(clock.axis === 'time' ? { formatter: calendar } : {}) },
  };
}
