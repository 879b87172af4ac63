/** The form in which OpenSSH writes a host: in known_hosts, for %h and for the address it connects to. */
import net from 'node:net';

/**
 * An address in its shortest usual form, whatever way it was written; a name in lower case.
 * @param family the only allowed one: an address of the other family stays unchanged, since ssh does not resolve it.
 */
export function canonicalHost(host: string, family: 4 | 6 | undefined): string {
  if (host.includes(':') || host.includes('%')) return family === 4 ? host : canonicalIpv6(host);
  return (family === 6 ? undefined : canonicalIpv4(host)) ?? host.toLowerCase();
}

function canonicalIpv6(host: string): string {
  const [address = '', ...zone] = host.split('%');
  if (!net.isIPv6(address)) return host;
  const canonical = new net.SocketAddress({ address, family: 'ipv6' }).address;
  return [canonical, ...zone].join('%');
}

/** The forms of inet_aton(3): one to four parts, decimal, octal or hexadecimal, the last filling what is left. */
function canonicalIpv4(host: string): string | undefined {
  const parts = host.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.test(part))) return undefined;
  const numbers = parts.map((part) => Number(/^0[0-7]/.test(part) ? `0o${part.slice(1)}` : part));
  const last = numbers.pop() ?? 0;
  if (numbers.some((number) => number > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  const value = numbers.reduce((sum, number, at) => sum + number * 256 ** (3 - at), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
