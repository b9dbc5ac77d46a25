const DECIMAL = /^[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?$/
const HEX = /^([+-]?)0[xX]([\da-fA-F_]*)(?:\.([\da-fA-F_]*))?[pP]([+-]?\d[\d_]*)$/

/**
 * A number as Go's ParseFloat reads it, hexadecimal ones too; undefined where it is none. An underscore may stand
 * between two digits, or between the prefix and the first. Infinity is out of range.
 * Source: Go strconv/atof.go, readFloat, and atoi.go, underscoreOK.
 */
export function parseGoFloat(text: string): number | undefined {
  const hex = HEX.exec(text)
  if (hex === null && !DECIMAL.test(text)) return undefined
  const body = hex === null ? text : text.replace(/0[xX]/, '0')
  if (/_(?!\w)|__|(?<![\da-fA-F])_|_(?![\da-fA-F])/.test(body)) return undefined
  const plain = text.replaceAll('_', '')
  return hex === null ? Number(plain) : hexadecimal(plain)
}

function hexadecimal(text: string): number | undefined {
  const [, sign = '', integer = '', fraction = '', exponent = '0'] = HEX.exec(text) ?? []
  if (integer === '' && fraction === '') return undefined
  const value = Number(BigInt(`0x${integer}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length)
  return sign === '-' ? -value : value
}
