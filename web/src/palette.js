// The colours, once: as CSS variables for the page and as values for charts and exported pictures.
// Conflict and cooperation are also told apart by line and shape, so that no reader depends on colour.
export const light = {
  paper: '#fcfbf8',
  panel: '#f3f0e9',
  ink: '#1c2126',
  muted: '#586069',
  line: '#d5cfc3',
  grid: '#e7e2d8',
  focus: '#0b57a4',
  conflict: '#b0372a',
  cooperation: '#1a6783',
  band: '#c9c3b6',
  series1: '#1c5d99',
  series2: '#a85a00',
  series3: '#5b4a9e',
  series4: '#2f6f3e',
  series5: '#8a3b6b',
};

export const dark = {
  paper: '#15181b',
  panel: '#1e2226',
  ink: '#ece9e2',
  muted: '#abb1b7',
  line: '#3d4349',
  grid: '#2b3035',
  focus: '#8cc4ff',
  conflict: '#f28d72',
  cooperation: '#74bfda',
  band: '#4a5158',
  series1: '#7db8f0',
  series2: '#e8a85a',
  series3: '#b3a4ee',
  series4: '#86c795',
  series5: '#e19ac4',
};

// What has no meaning of its own, such as branches and camps: told apart by colour, dashes and a name.
export const series_color = (colors, i) => colors[`series${(i % 5) + 1}`];
export const series_dash = (i) => ['solid', [7, 4], [2, 3], [10, 3, 2, 3], [1, 2]][i % 5];

const variables = (palette) =>
  Object.entries(palette)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

export function css_variables() {
  return `:root{${variables(light)}}` + `@media screen and (prefers-color-scheme:dark){:root{${variables(dark)}}}`;
}
