/** A figure with the course of one value over the last minutes. */

import { node, number } from './tables.js';

const KEPT = 150;
const FEWEST = 30;
const WIDTH = 300;
const HEIGHT = 60;
const SVG = 'http://www.w3.org/2000/svg';

function svg(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

/**
 * Draws into `figure`.
 *
 * @returns a function that takes the next value
 */
export function plot(figure, title, unit) {
  const values = [];
  const current = node('b', {}, '0');
  const highest = node('span');
  const span = node('span');
  const area = svg('path', { class: 'area' });
  const stroke = svg('path', { class: 'stroke' });
  const canvas = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: 'none',
    role: 'img',
    'aria-label': title,
  });
  canvas.append(area, stroke);
  figure.append(
    node('figcaption', {}, title, current),
    canvas,
    node('small', {}, highest, span),
  );

  return (value, secondsApart) => {
    values.push(value);
    if (values.length > KEPT) {
      values.shift();
    }
    const top = Math.max(1, ...values);
    const step = WIDTH / (Math.max(FEWEST, values.length) - 1);
    const x = (index) => WIDTH - (values.length - 1 - index) * step;
    const y = (each) => HEIGHT - (each / top) * (HEIGHT - 3);
    const line = values.map((each, i) => `${x(i).toFixed(1)} ${y(each).toFixed(1)}`).join('L');
    stroke.setAttribute('d', `M${line}`);
    area.setAttribute('d', `M${x(0).toFixed(1)} ${HEIGHT}L${line}L${WIDTH} ${HEIGHT}Z`);
    current.textContent = `${number(value)}${unit}`;
    highest.textContent = `at most ${number(Math.max(...values))}${unit}`;
    span.textContent = `last ${Math.max(1, Math.round((values.length * secondsApart) / 60))} min`;
  };
}
