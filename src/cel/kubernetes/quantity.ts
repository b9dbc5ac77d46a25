import { globalOverload, memberOverload, type CelFunction } from '../functions.js'
import { BOOL, DOUBLE, INT, opaque, STRING } from '../types.js'
import { CelError, CelOpaque, type CelResult, type CelValue } from '../values.js'

/** An amount: `value` times ten to the power of `scale`. */
export class Quantity extends CelOpaque {
  readonly typeName = 'kubernetes.Quantity'

  constructor(
    readonly value: bigint,
    readonly scale: number,
    /** Whether it is held as a whole number of 64 bits; only such a one can be an int. */
    readonly exact = true,
    /** A sum is a pointer in Go, which no other quantity knows how to compare itself with. */
    private readonly isSum = false,
  ) {
    super()
  }

  override get comparable(): boolean {
    return !this.isSum
  }

  asSum(): Quantity {
    return new Quantity(this.value, this.scale, this.exact, true)
  }

  equals(other: CelOpaque): boolean {
    return other instanceof Quantity && compare(this, other) === 0
  }
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(.*)$/s
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}
const BINARY: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n }
const LARGEST = (1n << 63n) - 1n
/** Digits that certainly fit into 64 bits. Source: apimachinery pkg/api/resource/math.go, maxInt64Factors. */
const FITTING = 18

/**
 * Reads a quantity. What is smaller than a billionth is rounded up; amounts with a binary suffix are cut to what 64 bits hold.
 * Source: kubernetes v1.36.2 apimachinery pkg/api/resource/quantity.go, ParseQuantity.
 */
export function parseQuantity(text: string): Quantity | undefined {
  const [, sign = '', integer = '', fraction = '', suffix = ''] = NUMBER.exec(text) ?? []
  // Digits may be left out: a suffix alone is zero.
  if (text === '') return undefined
  const digits = integer.replace(/^0+(?=\d)/, '')
  const decimals = fraction
  const signed = (value: bigint): bigint => (sign === '-' ? -value : value)
  const all = BigInt(`${digits}${decimals}` || '0')
  const power = BINARY[suffix]
  if (power !== undefined) {
    const precision = 15 - digits.length - Math.trunc((Number(power) * 3) / 10) - 1
    if (decimals === '' && precision >= 0) return new Quantity(signed(all << power), 0)
    return limited(all << power, -decimals.length, true, signed)
  }
  const exponent = DECIMAL[suffix] ?? exponentOf(suffix)
  if (exponent === undefined) return undefined
  const scale = exponent - decimals.length
  const fits = FITTING - (digits.length + decimals.length) >= 0 && scale >= -9
  return fits ? new Quantity(signed(all), scale) : limited(all, scale, false, signed)
}

function exponentOf(suffix: string): number | undefined {
  const found = /^[eE]([+-]?\d{1,9})$/.exec(suffix)
  if (found === null) return undefined
  const exponent = Number(found[1])
  return exponent >= -0x8000_0000 && exponent < 0x8000_0000 && Math.abs(exponent) <= 100_000
    ? exponent
    : undefined
}

/** Rounded up to billionths; an amount with a binary suffix is at most what 64 bits hold. */
function limited(value: bigint, scale: number, binary: boolean, signed: (value: bigint) => bigint): Quantity {
  if (value === 0n) return new Quantity(0n, scale, false)
  const divisor = 10n ** BigInt(Math.max(0, -9 - scale))
  const amount =
    scale < -9 ? value / divisor + (value % divisor === 0n ? 0n : 1n) : value * 10n ** BigInt(scale + 9)
  return binary && amount > LARGEST * 1_000_000_000n
    ? new Quantity(signed(LARGEST), 0, false)
    : new Quantity(signed(amount), -9, false)
}

function aligned(a: Quantity, b: Quantity): readonly [bigint, bigint, number] {
  const scale = Math.min(a.scale, b.scale)
  return [a.value * 10n ** BigInt(a.scale - scale), b.value * 10n ** BigInt(b.scale - scale), scale]
}

function compare(a: Quantity, b: Quantity): number {
  const [x, y] = aligned(a, b)
  return x < y ? -1 : x > y ? 1 : 0
}

/** A sum; one that 64 bits do not hold is held as a decimal. Source: the same, Add and Sub; amount.go, int64Amount.Add. */
function add(a: Quantity, b: Quantity, factor: 1n | -1n): Quantity {
  if (a.exact && b.exact) {
    // The smallest number has no positive twin: it stays itself.
    const other = new Quantity(BigInt.asIntN(64, factor * b.value), b.scale)
    if (other.value === 0n) return a
    if (a.value === 0n) return other
    const [x, y, scale] = aligned(a, other)
    if (fitsInt(x) && fitsInt(y) && fitsInt(x + y)) return new Quantity(x + y, scale)
  }
  const [x, y, scale] = aligned(a, b)
  return new Quantity(x + factor * y, scale, false)
}

function fitsInt(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value
}

/** Source: kubernetes v1.36.2 apimachinery pkg/api/resource/quantity.go, AsApproximateFloat64. */
function approximate({ value, scale }: Quantity): number {
  return scale === 0 ? Number(value) : Number(value) * 10 ** scale
}

/** One with digits after the point is none, though they are zeros. Source: amount.go, int64Amount.AsInt64. */
function integerOf({ value, scale, exact }: Quantity): bigint | undefined {
  if (!exact || scale < 0) return undefined
  const whole = value * 10n ** BigInt(scale)
  return fitsInt(whole) ? whole : undefined
}

const QUANTITY = opaque('kubernetes.Quantity')
const q = (value: CelValue | undefined): Quantity => value as Quantity

function fromText(text: string): CelResult {
  return (
    parseQuantity(text) ??
    new CelError(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    )
  )
}

/** Source: kubernetes v1.36.2 apiserver pkg/cel/library/quantity.go. */
export const QUANTITIES: readonly CelFunction[] = [
  {
    name: 'quantity',
    overloads: [globalOverload('string_to_quantity', [STRING], QUANTITY, (text) => fromText(text as string))],
  },
  {
    name: 'isQuantity',
    overloads: [
      globalOverload(
        'is_quantity_string',
        [STRING],
        BOOL,
        (text) => parseQuantity(text as string) !== undefined,
      ),
    ],
  },
  {
    name: 'sign',
    overloads: [
      globalOverload('quantity_sign', [QUANTITY], INT, (a) =>
        BigInt(q(a).value < 0n ? -1 : q(a).value > 0n ? 1 : 0),
      ),
    ],
  },
  {
    name: 'isGreaterThan',
    overloads: [
      memberOverload(
        'quantity_is_greater_than',
        [QUANTITY, QUANTITY],
        BOOL,
        (a, b) => compare(q(a), q(b)) > 0,
      ),
    ],
  },
  {
    name: 'isLessThan',
    overloads: [
      memberOverload('quantity_is_less_than', [QUANTITY, QUANTITY], BOOL, (a, b) => compare(q(a), q(b)) < 0),
    ],
  },
  {
    name: 'compareTo',
    overloads: [
      memberOverload('quantity_compare_to', [QUANTITY, QUANTITY], INT, (a, b) => BigInt(compare(q(a), q(b)))),
    ],
  },
  {
    name: 'asApproximateFloat',
    overloads: [memberOverload('quantity_get_float', [QUANTITY], DOUBLE, (a) => approximate(q(a)))],
  },
  {
    name: 'asInteger',
    overloads: [
      memberOverload(
        'quantity_get_int',
        [QUANTITY],
        INT,
        (a) => integerOf(q(a)) ?? new CelError('cannot convert value to integer'),
      ),
    ],
  },
  {
    name: 'isInteger',
    overloads: [
      memberOverload('quantity_is_integer', [QUANTITY], BOOL, (a) => integerOf(q(a)) !== undefined),
    ],
  },
  {
    name: 'add',
    overloads: [
      memberOverload('quantity_add', [QUANTITY, QUANTITY], QUANTITY, (a, b) => add(q(a), q(b), 1n).asSum()),
      memberOverload('quantity_add_int', [QUANTITY, INT], QUANTITY, (a, b) =>
        add(q(a), new Quantity(b as bigint, 0), 1n).asSum(),
      ),
    ],
  },
  {
    name: 'sub',
    overloads: [
      memberOverload('quantity_sub', [QUANTITY, QUANTITY], QUANTITY, (a, b) => add(q(a), q(b), -1n).asSum()),
      memberOverload('quantity_sub_int', [QUANTITY, INT], QUANTITY, (a, b) =>
        add(q(a), new Quantity(b as bigint, 0), -1n).asSum(),
      ),
    ],
  },
]
