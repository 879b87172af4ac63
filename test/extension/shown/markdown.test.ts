/** Words of strangers between Markdown of ours. What VS Code makes of it: test/vscode/browser/strangers.test.ts. */
import { expect, test } from 'vitest';
import { code, facts, fenced, md, paragraphs, picture, pictures } from '../../../extension/src/shown/markdown.js';

test('ours acts, theirs does not', () => {
  const name = '**[a](command:x)** <img src=x> $(bug) `b` https://evil.example a@evil.example | &amp; ![c](d)';
  const { text } = md`**${name}** is ready`;
  expect(text.replace(/\\./g, '')).toBe(
    '**acommandx img src=x bug b https//evilexample aevilexample  amp; cd** is ready',
  );
});

test('what is Markdown already goes in as it is', () => {
  expect(md`a ${md`*${'b*'}*`}`.text).toBe('a *b\\**');
});

test('a stranger makes no line and no block', () => {
  expect(md`${'a\n\n# b'}`.text).toBe('a\\\\n\\\\n\\# b');
  expect(md`${'    code'}`.text).toBe('&nbsp;&nbsp;&nbsp;&nbsp;code');
  expect(facts([['Folder', 'a | b']]).text).toContain('| Folder | a \\| b |');
});

test('empty parts make no paragraph', () => {
  expect(paragraphs(md`a`, md``, picture(undefined, 'p', 1), facts([]), md`b`).text).toBe('a\n\nb');
});

test('pictures in themselves are drawn, as many as VS Code takes; an address that leads elsewhere is not', () => {
  const jpeg = (letters: number) => `data:image/jpeg;base64,${'A'.repeat(letters)}`;
  expect(
    pictures(
      [
        ['a b', jpeg(4)],
        ['c', jpeg(8)],
      ],
      9,
    ).text,
  ).toBe(`![a b](${jpeg(4)}|width=9) ![c](${jpeg(8)}|width=9)`);
  expect(
    pictures(
      [
        ['a', jpeg(60_000)],
        ['b', jpeg(60_000)],
        ['c', jpeg(4)],
      ],
      9,
    ).text,
  ).toMatch(/^!\[a\].* !\[c\]/);
  for (const url of [
    '',
    'https://evil.example/x.png',
    'data:image/svg+xml;base64,AA==',
    `${jpeg(4)})![x](y`,
    'data:text/html,x',
  ])
    expect(pictures([['a', url]], 9).text).toBe('');
});

test('a fence is longer than any in what it holds', () => {
  expect(code('a``b')).toBe('```a``b```');
  expect(code('`a')).toBe('`` `a ``');
  expect(fenced('a\n````\nb', 'json')).toBe('`````json\na\n````\nb\n`````');
});
