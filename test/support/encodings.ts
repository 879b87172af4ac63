/** Texts in old and new encodings. The tables of the old ones come out of the platform's own decoders. */
import { type Encoding, encodeText } from '../../daemon/text/form.js';

/** A sentence in twelve languages. */
export const SENTENCES = {
  english: 'The city’s night – neon on wet asphalt, “rain” and smoke',
  french: 'Une rue déserte à l’aube, pavés mouillés, lumière dorée près du café',
  german: 'Straße im Nebel, grüne Ampeln über nassem Asphalt, Größe und Weite',
  polish: 'Zniszczona ulica o świcie, mokry asfalt, gęsta mgła i żółte światła',
  russian: 'Разрушенная улица на рассвете, мокрый асфальт, дым и туман',
  greek: 'Κατεστραμμένος δρόμος την αυγή, υγρή άσφαλτος και καπνός',
  hebrew: 'רחוב הרוס עם שחר, אספלט רטוב ועשן',
  arabic: 'شارع مدمر عند الفجر، أسفلت مبلل ودخان',
  japanese: '夜明けの廃墟の通り、濡れたアスファルト、ただよう煙',
  chinese: '黎明时分被毁的街道，潮湿的沥青，飘散的烟雾',
  korean: '새벽의 폐허가 된 거리, 젖은 아스팔트, 떠다니는 연기',
  hindi: 'भोर में नष्ट हुई सड़क, गीला डामर और धुआँ 🌧',
} as const;

export const ENCODINGS: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'];

/** Beyond Latin-1; written out because some versions of Node decode them wrongly (nodejs/node#56542). */
const OWN_1252: Readonly<Record<string, number>> = { '–': 0x96, '—': 0x97, '’': 0x92, '“': 0x93, '”': 0x94, '…': 0x85 };

const tables = new Map<string, Map<string, number[]>>();

/** @param encoding as the Encoding Standard names it. @throws where it has no such character */
export function inOldEncoding(text: string, encoding: string): Buffer {
  const bytes = [...text].flatMap((character) => {
    if (character <= '\x7f') return [character.charCodeAt(0)];
    const own = encoding === 'windows-1252' ? (OWN_1252[character] ?? latin1(character)) : undefined;
    const found = own === undefined ? tableOf(encoding).get(character) : [own];
    if (found === undefined) throw new Error(`${encoding} has no ${character}`);
    return found;
  });
  return Buffer.from(bytes);
}

function latin1(character: string): number | undefined {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xa0 && code <= 0xff ? code : undefined;
}

/** Every character of one byte, or of two, by decoding all of them. */
function tableOf(encoding: string): Map<string, number[]> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding);
  const put = (bytes: number[]) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    const isOne = [...text].length === 1 && text !== '\ufffd';
    if (isOne && !table.has(text)) table.set(text, bytes);
  };
  for (let lead = 0x80; lead <= 0xff; lead++) {
    put([lead]);
    for (let trail = 0x40; trail <= 0xfe; trail++) put([lead, trail]);
  }
  tables.set(encoding, table);
  return table;
}

/** What Windows calls "Unicode". */
export function utf16(text: string): Buffer {
  return encodeText(text, { encoding: 'utf-16le', bom: true });
}
