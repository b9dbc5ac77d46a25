import { asStrings, field, isObject } from '../model/index.js'

/** Whether labels have each pair of a plain selector (Service, ReplicationController). An empty one selects nothing. */
export function labelsHave(labels: unknown, selector: unknown): boolean {
  if (!isObject(selector)) return false
  const pairs = Object.entries(selector)
  return (
    pairs.length > 0 && pairs.every(([key, value]) => value !== undefined && field(labels, key) === value)
  )
}

/**
 * Whether a LabelSelector (matchLabels and matchExpressions) selects labels; an empty one selects everything, and
 * one that the API would refuse nothing.
 * Source: apimachinery pkg/apis/meta/v1/helpers.go, LabelSelectorAsSelector.
 */
export function selectorMatches(selector: unknown, labels: unknown): boolean {
  if (!isObject(selector)) return false
  const exact = field(selector, 'matchLabels') ?? {}
  const expressions = field(selector, 'matchExpressions') ?? []
  if (!isObject(exact) || !Array.isArray(expressions)) return false
  return (
    Object.entries(exact).every(([key, value]) => field(labels, key) === value) &&
    expressions.every((expression) => expressionMatches(expression, labels))
  )
}

function expressionMatches(expression: unknown, labels: unknown): boolean {
  const key = field(expression, 'key')
  if (typeof key !== 'string') return false
  const value = field(labels, key)
  const values = asStrings(field(expression, 'values'))
  switch (field(expression, 'operator')) {
    case 'In':
      return typeof value === 'string' && values.includes(value)
    case 'NotIn':
      return typeof value !== 'string' || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}
