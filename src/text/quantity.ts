/**
 * Whether a text is a Kubernetes resource quantity (`500Mi`, `0.5`, `1e3`).
 * Source: k8s.io/apimachinery pkg/api/resource/quantity.go, parseQuantityString and suffixer.
 */
export function isQuantity(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(|Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)$/.test(text)
}
