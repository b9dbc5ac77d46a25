/** One element of DER: where its tag stands, where its content begins and ends. */
export interface DerElement {
  readonly at: number
  readonly begin: number
  readonly end: number
}

/** Tag, length of up to four bytes, content; undefined where the content would end behind the text. */
export function elementAt(der: Buffer, at: number): DerElement | undefined {
  const first = der[at + 1]
  if (first === undefined) return undefined
  const long = first & 0x80 ? first & 0x7f : 0
  if (long > 4) return undefined
  const begin = at + 2 + long
  const length = long === 0 ? first : der.subarray(at + 2, begin).reduce((sum, byte) => sum * 256 + byte, 0)
  return begin + length > der.length ? undefined : { at, begin, end: begin + length }
}

/** No element of a certificate has more. */
const MOST = 1000

/** The elements inside of one; those that can be read where it is damaged. */
export function childrenOf(der: Buffer, parent: DerElement): DerElement[] {
  const children: DerElement[] = []
  let at = parent.begin
  while (at < parent.end && children.length < MOST) {
    const child = elementAt(der, at)
    if (child === undefined || child.end > parent.end) break
    children.push(child)
    at = child.end
  }
  return children
}
