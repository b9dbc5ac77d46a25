/**
 * Whether a text is a Kubernetes resource quantity (`500Mi`, `0.5`, `1e3`).
 * Source: k8s.io/apimachinery pkg/api/resource/quantity.go, parseQuantityString and suffixer.
 */
export function isQuantity(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(|Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)$/.test(text)
}

const SCALES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** The amount of a quantity, as near as a number comes; undefined for a text that is none. Numbers stand for themselves. */
export function quantityAmount(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !isQuantity(value)) return undefined
  const [, digits = '', suffix = ''] = /^([+-]?[\d.]+)(.*)$/.exec(value) ?? []
  const scale = /^[eE][+-]?\d+$/.test(suffix) ? 10 ** Number(suffix.slice(1)) : SCALES[suffix]
  const amount = Number(digits) * (scale ?? NaN)
  return Number.isFinite(amount) ? amount : undefined
}
