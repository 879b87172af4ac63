import { expect, test, vi } from 'vitest';
import { NewestAnswer } from '../../extension/src/newest-answer.js';

function setup() {
  const answers: string[] = [];
  const out: { text: string; answer: (text: string) => void; fail: () => void }[] = [];
  const newest = new NewestAnswer<string>((key, answer) => answers.push(`${key}: ${answer}`), 10);
  const want = (text: string, key = 'a') =>
    newest.want(
      key,
      () => new Promise<string>((answer, fail) => out.push({ text, answer, fail: () => fail(new Error('away')) })),
    );
  const asked = (count: number) => vi.waitFor(() => expect(out).toHaveLength(count));
  return { newest, answers, out, want, asked };
}

test('of wishes in quick succession only the newest is asked', async () => {
  const { answers, out, want, asked } = setup();
  for (const text of ['1', '2', '3']) want(text);
  await asked(1);
  out[0]?.answer(out[0].text);
  await vi.waitFor(() => expect(answers).toEqual(['a: 3']));
});

test('an answer that a newer wish has overtaken is dropped; the newer is asked after it', async () => {
  const { answers, out, want, asked } = setup();
  want('old');
  await asked(1);
  want('new');
  out[0]?.answer('old');
  await asked(2);
  out[1]?.answer('new');
  await vi.waitFor(() => expect(answers).toEqual(['a: new']));
});

test('what is forgotten while it is out tells nothing', async () => {
  const { newest, answers, out, want, asked } = setup();
  want('closed');
  await asked(1);
  newest.forget('a');
  out[0]?.answer('closed');
  want('other', 'b');
  await asked(2);
  out[1]?.answer('other');
  await vi.waitFor(() => expect(answers).toEqual(['b: other']));
});

test('a question that fails says why, and leaves room for the next', async () => {
  const { answers, out, want, asked } = setup();
  want('1');
  await asked(1);
  out[0]?.fail();
  await vi.waitFor(() => expect(answers).toEqual(['a: Error: away']));
  want('2');
  await asked(2);
  out[1]?.answer('2');
  await vi.waitFor(() => expect(answers).toEqual(['a: Error: away', 'a: 2']));
});
