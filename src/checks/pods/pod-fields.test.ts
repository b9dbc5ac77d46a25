import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPath, isObject, type JsonValue } from '../../model/index.js'
import type { PodTemplate } from '../../kube/index.js'
import { isDoubtful, wrongFields, type FieldType } from './pod-fields.js'

const template = (spec: unknown, metadata: unknown = {}): PodTemplate => ({
  metadata: isObject(metadata) ? metadata : {},
  metadataPath: ['metadata'],
  spec: isObject(spec) ? spec : {},
  specPath: ['spec'],
})
const READS: FieldType[] = [
  { of: 'pod', path: ['securityContext', 'sysctls', '*', 'name'], type: 'string' },
  { of: 'container', path: ['securityContext', 'runAsUser'], type: 'number' },
  { of: 'metadata', path: ['annotations', '*'], type: 'string' },
]
const found = (spec: unknown, metadata?: unknown): string[] =>
  wrongFields(template(spec, metadata), READS).map(({ path, detail }) => `${formatPath(path)}: ${detail}`)

describe('wrongFields', () => {
  it.each<[string, unknown, unknown, string[]]>([
    ['nothing is there', {}, {}, []],
    ['all null', { securityContext: null, containers: null }, { annotations: null }, []],
    [
      'right types',
      { securityContext: { sysctls: [{ name: 'a' }] }, containers: [{ securityContext: { runAsUser: 0 } }] },
      { annotations: { a: 'b' } },
      [],
    ],
    [
      'a parent',
      { securityContext: 'x', containers: [{ securityContext: [] }] },
      { annotations: [] },
      [
        'spec.securityContext: `securityContext` should be a mapping',
        'metadata.annotations: `annotations` should be a mapping',
        'spec.containers[0].securityContext: `securityContext` should be a mapping',
      ],
    ],
    [
      'inside lists',
      {
        securityContext: { sysctls: [{ name: 1 }, 2] },
        initContainers: [{ securityContext: { runAsUser: '0' } }],
      },
      { annotations: { a: 1 } },
      [
        'spec.securityContext.sysctls[0].name: `name` should be a string',
        'spec.securityContext.sysctls[1]: `sysctls` should be a mapping',
        'metadata.annotations.a: `a` should be a string',
        'spec.initContainers[0].securityContext.runAsUser: `runAsUser` should be a number',
      ],
    ],
    [
      'the containers themselves',
      { containers: { app: {} }, ephemeralContainers: ['x'] },
      {},
      [
        'spec.containers: `containers` should be a list',
        'spec.ephemeralContainers[0]: a member of `ephemeralContainers` should be a mapping',
      ],
    ],
  ])('%s', (_name, spec, metadata, expected) => {
    expect(found(spec, metadata)).toEqual(expected)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (spec, metadata) => {
        wrongFields(template(spec, metadata), READS)
        wrongFields(template({ containers: spec, securityContext: metadata }), READS)
      }),
    )
  })
})

it('a place is in doubt below a wrong field, and where only the pod could have spoken for it', () => {
  const wrong = [
    { path: ['spec', 'securityContext'], detail: '', ofPod: true },
    { path: ['spec', 'containers', 1, 'securityContext'], detail: '', ofPod: false },
  ]
  const doubt = (value?: JsonValue, index = 0): boolean =>
    isDoubtful(
      {
        path: ['spec', 'containers', index, 'securityContext', 'x'],
        ...(value === undefined ? {} : { value }),
      },
      wrong,
    )
  expect([doubt(), doubt(false), doubt(false, 1)]).toEqual([true, false, true])
})
