import { expect, test } from 'vitest';
import { cursorAt } from '../../../extension/src/spec/cursor.js';
import { choicesOf, fieldAt, fieldsAt, startOf } from '../../../extension/src/spec/fields.js';

/** The bar stands where the person is. */
function place(marked: string, lines = false) {
  const offset = marked.indexOf('|');
  return cursorAt(marked.slice(0, offset) + marked.slice(offset + 1), offset, lines);
}

test('a key at the top, with those that are taken', () => {
  const at = place('{ "video_path": "a.mp4", "see|": 1 }');
  expect(at).toMatchObject({ dialect: 'transfer2.5', path: ['see'], isKey: true, taken: ['video_path'] });
  expect(at?.token?.text).toBe('"see"');
});

test('a value inside a control, half written', () => {
  expect(place('{ "vision_path": "a.mp4", "depth": { "control_path": "de|')).toMatchObject({
    ...{ dialect: 'cosmos3', path: ['depth', 'control_path'], isKey: false },
    token: { text: '"de' },
  });
});

test('an empty object is a place for keys; a list is none', () => {
  expect(place('{ "depth": { | } }')).toMatchObject({ path: ['depth', ''], isKey: true, taken: [] });
  expect(place('{ "guided_generation_foreground_labels": [ | ] }')).toBeUndefined();
  expect(place('|')).toBeUndefined();
});

test('in a file with one sample a line, only that line counts', () => {
  const text = '{ "vision_path": "a.mp4" }\n{ "video_path": "b.mp4", "max|": 1 }\n';
  expect(place(text, true)).toMatchObject({ dialect: 'transfer2.5', path: ['max'], taken: ['video_path'] });
  expect(place(text, true)?.token).toMatchObject({ start: text.indexOf('"max'), text: '"max"' });
});

test('fields have their meaning, range, unit and default, for each dialect its own', () => {
  expect(fieldAt('transfer2.5', ['depth', 'control_weight'])?.description).toMatch(/0 to 1.*Default 1/);
  expect(fieldAt('cosmos3', ['depth', 'control_weight'])).toBeUndefined();
  expect(fieldsAt('cosmos3', []).find(({ name }) => name === 'blur')?.isBlock).toBe(true);
  expect(fieldsAt('transfer2.5', ['prompt'])).toEqual([]);
});

test('what may be written: the default first, no false for 0', () => {
  const choices = (path: string[]) => {
    const field = fieldAt('transfer2.5', path);
    return field && choicesOf(field);
  };
  expect(choices(['num_conditional_frames'])).toEqual([1, 0, 2]);
  expect(choices(['show_input'])).toEqual([false, true]);
  expect(choices(['resolution'])).toEqual(['720']);
  expect(choices(['video_path'])).toEqual([]);
});

test('a new key begins with its default, or with quotes where text belongs', () => {
  const start = (name: string) => {
    const field = fieldAt('transfer2.5', [name]);
    return field && startOf(field);
  };
  expect(start('seed')).toBe(`\${1:2025}`);
  expect(start('video_path')).toBe('"$1"');
  expect(start('max_frames')).toBe('$1');
  expect(start('depth')).toBe('{ $0 }');
});
