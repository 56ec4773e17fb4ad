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
};

const variables = (palette) =>
  Object.entries(palette)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

export function css_variables() {
  return `:root{${variables(light)}}` + `@media screen and (prefers-color-scheme:dark){:root{${variables(dark)}}}`;
}
