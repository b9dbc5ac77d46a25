import { describe, expect, it } from 'vitest'
import { readManifestText } from './index.js'

const refs = (text: string): string[] =>
  readManifestText(text, 'a.yaml').objects.map(
    ({ ref, slice }) => `${ref.kind} ${ref.namespace}/${ref.name} ${slice.line}`,
  )

describe('readManifestText', () => {
  it('reads documents', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n---\n# x\n---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: b, namespace: x}\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: c\n'
    expect(refs(text)).toEqual(['Pod /a 1', 'Pod x/b 11', 'Pod /c 14'])
    expect(readManifestText(text, 'a').problems).toEqual([])
  })
  it('reads json', () => {
    const text =
      '{"apiVersion":"v1","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}},\n {"metadata":{"name":"b"}}],"kind":"PodList"}\n{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"}}'
    expect(refs(text)).toEqual(['Pod /a 1', 'Pod /b 2', 'Service /s 3'])
    expect(readManifestText(text, 'a').problems).toEqual([])
  })
})
