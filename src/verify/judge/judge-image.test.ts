import { describe, expect, it } from 'vitest'
import { findImages, type FoundImage } from '../find/find-images.js'
import { estateFrom } from '../../sources/index.js'
import { judgeImage } from './judge-image.js'

const D = (sign: string): string => `sha256:${sign.repeat(64)}`
const found = (more: Partial<FoundImage> = {}): FoundImage => ({
  usedBy: 'kube-system/kube-apiserver-cp-1, container kube-apiserver',
  image: 'registry.k8s.io/kube-apiserver:v1.36.2',
  repository: 'registry.k8s.io/kube-apiserver',
  tag: 'v1.36.2',
  ...more,
})
const listed = [
  { repository: 'registry.k8s.io/kube-apiserver-amd64', tag: 'v1.36.2', digest: D('a'), from: 'sbom:1' },
  { repository: 'registry.k8s.io/kube-proxy-amd64', tag: 'v1.36.2', digest: D('b'), from: 'sbom:2' },
  { repository: 'registry.k8s.io/kube-scheduler', tag: 'v1.36.2', digest: D('c'), from: 'sbom:3' },
]

describe('images', () => {
  const rows: [string, FoundImage, object][] = [
    ['a tag alone', found(), { state: 'not-checked' }],
    ['a digest of the list', found({ digest: D('a') }), { state: 'checksum-only', provenVersion: 'v1.36.2' }],
    ['a digest of another image', found({ digest: D('b') }), { state: 'mismatch', fault: 'other-file' }],
    ['a digest of no list: perhaps that of the index', found({ digest: D('9') }), { state: 'no-reference' }],
    [
      'another digest under the very name that is listed',
      found({ repository: 'registry.k8s.io/kube-scheduler', digest: D('9') }),
      { state: 'mismatch', fault: 'checksum' },
    ],
  ]
  it.each(rows)('%s', (_, image, expected) => expect(judgeImage(image, listed)).toMatchObject(expected))

  it('are found among pods: what runs before what was asked for', async () => {
    const pod = (name: string, image: string, status: object = {}): string =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'kube-system' },
        spec: { containers: [{ name: 'c', image }] },
        status,
      })
    const estate = await estateFrom({
      manifests: [
        pod('kube-apiserver-cp-1', 'registry.k8s.io/kube-apiserver:v1.36.2', {
          containerStatuses: [{ name: 'c', imageID: `registry.k8s.io/kube-apiserver@${D('a')}` }],
        }),
        pod('kube-scheduler-cp-1', `registry.k8s.io/kube-scheduler:v1.36.2@${D('c')}`),
        pod('kube-proxy-x', 'registry.example.com:5000/kube-proxy-amd64:v1.36.2'),
        pod('web', 'nginx:1.29'),
      ].join('\n---\n'),
    })
    expect(findImages(estate.objects)).toMatchObject([
      { usedBy: 'kube-system/kube-apiserver-cp-1, container c', tag: 'v1.36.2', digest: D('a') },
      { repository: 'registry.example.com:5000/kube-proxy-amd64', tag: 'v1.36.2' },
      { repository: 'registry.k8s.io/kube-scheduler', digest: D('c') },
    ])
  })
})
