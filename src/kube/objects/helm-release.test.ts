import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { renderedByHelm } from './helm-release.js'

const base64 = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64')
const release = (manifest: string): string =>
  base64(base64(gzipSync(JSON.stringify({ manifest, config: { a: 'secret' } }))))
const secret = (data: unknown) => ({ type: 'helm.sh/release.v1', data: { release: data as string } })
const MANIFEST = `---
# Source: web/templates/a.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
---
apiVersion: v1
kind: Secret
metadata: {name: db}
stringData: {password: hunter2}
---
not: an object
`

it('names what a release rendered and holds nothing else of it', () => {
  const rendered = renderedByHelm(secret(release(MANIFEST)))
  expect(rendered).toEqual([
    { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    { group: '', version: 'v1', kind: 'Secret', namespace: '', name: 'db' },
  ])
  expect(JSON.stringify(rendered)).not.toContain('hunter2')
})

it.each([
  ['no text', 5],
  ['no base64', '%%'],
  ['no gzip', base64(base64('x'))],
  ['no JSON', base64(base64(gzipSync('{')))],
])('says nothing of a release that is %s', (_name, data) => expect(renderedByHelm(secret(data))).toEqual([]))

it('says nothing of other Secrets', () => {
  expect(renderedByHelm({ type: 'Opaque', data: { release: release(MANIFEST) } })).toEqual([])
})
