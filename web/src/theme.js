// Which palette is in force, and who wants to know when it changes (dark mode, printing).
import { dark, light } from './palette.js';

const dark_query = window.matchMedia('(prefers-color-scheme: dark)');
const print_query = window.matchMedia('print');
let printing = false;

// Single quotes, because charts put it into a style attribute.
export const sans = "'Detente Sans', 'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

export const is_printing = () => printing || print_query.matches;
export const palette = () => (dark_query.matches && !is_printing() ? dark : light);

export function on_theme_change(redraw) {
  dark_query.addEventListener('change', redraw);
  print_query.addEventListener('change', redraw);
  window.addEventListener('beforeprint', () => {
    printing = true;
    redraw();
  });
  window.addEventListener('afterprint', () => {
    printing = false;
    redraw();
  });
}
