import { describe, expect, it } from 'vitest'
import type { Estate, JsonObject, KubeObject } from '../../model/index.js'
import { kubeletsOf } from './index.js'

const object = (content: JsonObject, file: string): KubeObject => {
  const [group = '', version = ''] = (content.apiVersion as string).includes('/')
    ? (content.apiVersion as string).split('/')
    : ['', content.apiVersion as string]
  const { name } = content.metadata as { name: string }
  return {
    ref: { group, version, kind: content.kind as string, namespace: '', name },
    content,
    source: 'cluster',
    slice: { file, format: 'json', offset: 0, length: 0, line: 1, column: 1 },
  }
}
const node = (name: string, kubeletVersion: string): KubeObject =>
  object(
    { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { nodeInfo: { kubeletVersion } } },
    `/api/v1/nodes/${name}`,
  )
const configz = (name: string, config: JsonObject): KubeObject =>
  object(
    {
      ...config,
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      metadata: { name },
    },
    `/api/v1/nodes/${name}/proxy/configz`,
  )
const estate = (...objects: KubeObject[]): Estate => ({
  objects,
  hosts: [],
  sources: [],
  problems: [],
  texts: { read: () => undefined },
})

describe('kubelets that tell their own configuration', () => {
  it('are one view a node, with what they say and zero for what they leave out', () => {
    const views = kubeletsOf(
      estate(
        node('n1', 'v1.36.2'),
        node('n2', 'v1.35.1+k3s1'),
        configz('n2', { authentication: { anonymous: { enabled: true } }, seccompDefault: true }),
        configz('n1', { readOnlyPort: 10255, authentication: { anonymous: { enabled: false } } }),
      ),
    )
    expect(views.map(({ host, version, distribution }) => [host, version, distribution])).toMatchObject([
      ['n1', { known: true, value: '1.36.2' }, 'unknown'],
      ['n2', { known: true, value: '1.35.1+k3s1' }, 'k3s'],
    ])
    const [first, second] = views
    expect(first!.number('readOnlyPort')).toMatchObject({
      known: true,
      value: 10255,
      origin: { kind: 'object', path: ['readOnlyPort'] },
    })
    expect(first!.boolean('authentication.anonymous.enabled')).toMatchObject({ known: true, value: false })
    expect(second!.number('readOnlyPort')).toMatchObject({ known: true, value: 0 })
    expect(second!.boolean('authentication.anonymous.enabled')).toMatchObject({ known: true, value: true })
    expect(first!.boolean('seccompDefault')).toMatchObject({ known: false, reason: 'no-source' })
    expect(second!.boolean('seccompDefault')).toMatchObject({ known: true, value: true })
    expect(first!.setting('--seccomp-default').known).toBe(false)
  })

  it('are unknown where one does not answer, and one thing where none does', () => {
    const silent = (name: string): KubeObject => configz(name, { unread: `${name}: 403` })
    const one = kubeletsOf(estate(configz('n1', { readOnlyPort: 1 }), silent('n2')))
    expect(one.map(({ host }) => host)).toEqual(['n1', 'n2'])
    expect(one[1]!.number('readOnlyPort')).toMatchObject({
      known: false,
      reason: 'not-given',
      detail: 'n2: 403',
    })
    const all = kubeletsOf(estate(silent('n1'), silent('n2')))
    expect(all.map(({ host }) => host)).toEqual(['all nodes'])
  })

  it('are not files of the same kind', () => {
    const file = { ...configz('n1', {}), slice: { ...configz('n1', {}).slice, file: 'kubelet.yaml' } }
    expect(kubeletsOf(estate(file))).toEqual([])
  })
})
