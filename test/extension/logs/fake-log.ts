/** A link to a daemon that has one log: it grows, is followed, gets lost and comes back, as the test says. */
import type { Link, LinkState } from '../../../extension/src/link.js';
import { Problem } from '../../../extension/src/problem.js';
import type { MethodName, NotificationName, NotificationParams, Params, ResultOf } from '../../../schemas/index.js';

const HELLO = { protocol: 1, version: '0', startId: 's', stateDir: '/state' };
const LOST = new Problem('daemon_unreachable', 'lost');

type Listener = (name: NotificationName, params: unknown) => void;

export class FakeLog implements Pick<Link, 'call' | 'on' | 'onState' | 'state'> {
  text = Buffer.alloc(0);
  ended = false;
  run = 'run-1';
  readonly calls: { method: MethodName; params: unknown }[] = [];
  state: LinkState = { kind: 'connected', hello: HELLO };
  private follow: { id: string; sent: number } | undefined;
  private follows = 0;
  private readonly listeners = new Set<Listener>();
  private readonly states = new Set<(state: LinkState) => void>();

  get listenerCount(): number {
    return this.listeners.size + this.states.size;
  }

  get isFollowed(): boolean {
    return this.follow !== undefined;
  }

  /** The run says something; who follows hears it. */
  say(text: string): void {
    this.text = Buffer.concat([this.text, Buffer.from(text)]);
    this.send(text);
  }

  /** The run says something, and this client was too slow for it. */
  sayTooFast(text: string): void {
    const from = this.text.length;
    this.text = Buffer.concat([this.text, Buffer.from(text)]);
    this.tell('log.gap', { follow: this.follow?.id ?? '', run: this.run, from, to: this.text.length });
  }

  end(): void {
    this.ended = true;
    if (this.follow !== undefined)
      this.tell('log.end', { follow: this.follow.id, run: this.run, size: this.text.length });
  }

  /** The daemon is killed. */
  lose(): void {
    this.follow = undefined;
    this.set({ kind: 'away', problem: LOST });
  }

  comeBack(): void {
    this.set({ kind: 'connected', hello: HELLO });
  }

  call = async <M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> => {
    if (this.state.kind !== 'connected') throw LOST;
    this.calls.push({ method, params });
    return this.answer(method, params as Params<'log.read'>) as ResultOf<M>;
  };

  on = <N extends NotificationName>(name: N, listener: (params: NotificationParams<N>) => void): (() => void) => {
    const heard: Listener = (other, params) => other === name && listener(params as NotificationParams<N>);
    this.listeners.add(heard);
    return () => this.listeners.delete(heard);
  };

  onState = (listener: (state: LinkState) => void): (() => void) => {
    this.states.add(listener);
    return () => this.states.delete(listener);
  };

  private answer(method: MethodName, { from = 0, bytes = 1 }: Params<'log.read'>): unknown {
    if (method === 'log.read') return this.read(from < 0 ? Math.max(0, this.text.length + from) : from, bytes);
    this.follow = method === 'log.follow' ? { id: `follow-${++this.follows}`, sent: from } : undefined;
    return { follow: this.follow?.id, run: this.run, from };
  }

  private read(from: number, bytes: number): ResultOf<'log.read'> {
    const size = this.text.length;
    const to = Math.min(size, from + bytes);
    const text = this.text.toString('utf8', from, to);
    return { run: this.run, from, to, text, size, ended: this.ended, file: '/state/runs/run-1/log' };
  }

  private send(text: string): void {
    if (this.follow === undefined) return;
    const from = this.follow.sent;
    this.follow.sent += Buffer.byteLength(text);
    this.tell('log.data', { follow: this.follow.id, run: this.run, from, to: this.follow.sent, text });
  }

  private tell<N extends NotificationName>(name: N, params: NotificationParams<N>): void {
    for (const listener of [...this.listeners]) listener(name, params);
  }

  private set(state: LinkState): void {
    this.state = state;
    for (const listener of [...this.states]) listener(state);
  }
}
