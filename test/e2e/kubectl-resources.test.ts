import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  catalogueOf,
  indexObjects,
  resolveResource,
  resourceQuestionWarnings,
  resourcesIn,
  type ApiCatalogue,
} from '../../src/kube/index.js'
import { estateFrom } from '../../src/sources/inline.js'
import { rampart } from '../cli/run-cli.js'

/** The real kubectl, which asks a server that tells the resources of our catalogue and echoes what it is asked. */
// The one that global-setup.ts provides: answers of another that happens to be installed depend on its version.
const KUBECTL = process.env.KUBECTL ?? ''
const present = KUBECTL !== ''
if (!present)
  console.warn('kubectl is not here: api-resources and names of resources are not compared with it')

const DEFINITIONS = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.acme.example}
spec:
  group: acme.example
  scope: Cluster
  names: {plural: widgets, kind: Widget, shortNames: [wd, po], categories: [all, acme]}
  versions:
  - {name: v1beta1, served: true, storage: false, subresources: {status: {}}}
  - {name: v1, served: true, storage: true, subresources: {status: {}, scale: {}}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ingresses.acme.example}
spec:
  group: acme.example
  scope: Namespaced
  names: {plural: ingresses, singular: entry, kind: Ingress}
  versions: [{name: v1beta1, served: true, storage: true}]
`

function discovery({ groups }: ApiCatalogue, url: string): object | undefined {
  const [, root, name = '', version = ''] = url.split('/')
  const describeGroup = (group: ApiCatalogue['groups'][number]): object => {
    const versions = group.versions.map((one) => ({ groupVersion: `${group.name}/${one}`, version: one }))
    return { name: group.name, versions, preferredVersion: versions[0] }
  }
  if (root === 'api' && name === '') return { kind: 'APIVersions', versions: ['v1'] }
  if (root === 'apis' && name === '') {
    const named = groups.filter((group) => group.name !== '')
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: named.map(describeGroup) }
  }
  const [wanted, of] = root === 'api' ? ['', name] : [name, version]
  const group = groups.find((one) => one.name === wanted)
  if (group?.versions.includes(of) !== true) return undefined
  const resources = resourcesIn(group, of).flatMap(
    ({ name: plural, singular, kind, subresources, ...rest }) => {
      const { namespaced, verbs, shortNames, categories } = rest
      return [
        { name: plural, singularName: singular, kind, namespaced, verbs, shortNames, categories },
        ...subresources.map((sub) => ({
          ...sub,
          name: `${plural}/${sub.name}`,
          singularName: '',
          namespaced,
        })),
      ]
    },
  )
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: wanted === '' ? of : `${wanted}/${of}`,
    resources,
  }
}

/** The field of a protobuf message that holds texts and messages alone. */
function protobufField(message: Buffer, wanted: number): Buffer {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const key = varint()
    const length = varint()
    if (key === wanted * 8 + 2) return message.subarray(at, at + length)
    at += length
  }
  return Buffer.alloc(0)
}

/** What a SelfSubjectAccessReview asks for, which kubectl sends as protobuf. Source: authorization/v1 generated.proto. */
function askedFor(body: Buffer): Record<string, string> {
  const spec = protobufField(protobufField(body.subarray('k8s\0'.length), 2), 2)
  const text = (message: Buffer, wanted: number): string => protobufField(message, wanted).toString()
  const url = protobufField(spec, 2)
  if (url.length > 0) return { path: text(url, 1), verb: text(url, 2) }
  const resource = protobufField(spec, 1)
  const [namespace, verb, group] = [text(resource, 1), text(resource, 2), text(resource, 3)]
  const [name, subresource] = [text(resource, 7), text(resource, 6)]
  return { namespace, verb, group, resource: text(resource, 5), subresource, name }
}

function answer(catalogue: ApiCatalogue, request: IncomingMessage, response: ServerResponse): void {
  const url = (request.url ?? '').split('?')[0] ?? ''
  const body: Buffer[] = []
  request.on('data', (part: Buffer) => body.push(part))
  request.on('end', () => {
    response.setHeader('content-type', 'application/json')
    if (request.method === 'POST') {
      const type = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview' }
      const reason = JSON.stringify(askedFor(Buffer.concat(body)))
      response.statusCode = 201
      response.end(JSON.stringify({ ...type, spec: {}, status: { allowed: false, reason } }))
      return
    }
    const told = discovery(catalogue, url)
    if (told === undefined) response.statusCode = 404
    response.end(JSON.stringify(told ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 }))
  })
}

interface Run {
  readonly out: string
  readonly err: string
}

function linesOf(text: string, start: string): string[] {
  return text.split('\n').filter((line) => line.startsWith(start))
}

describe.skipIf(!present)('resources are told as kubectl tells them', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'rampart-kubectl-'))
  const crds = path.join(dir, 'crds.yaml')
  let catalogue: ApiCatalogue
  let server: Server

  beforeAll(async () => {
    writeFileSync(crds, DEFINITIONS)
    catalogue = catalogueOf(indexObjects(await estateFrom({ manifests: DEFINITIONS })), 36, 'all')
    server = createServer((request, response) => answer(catalogue, request, response))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  })
  afterAll(() => {
    server.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const kubectl = (args: readonly string[]): Promise<Run> =>
    new Promise((done) => {
      const { port } = server.address() as AddressInfo
      const connection = ['--server', `http://127.0.0.1:${port}`, '--cache-dir', path.join(dir, 'cache')]
      const env = { ...process.env, KUBECONFIG: path.join(dir, 'none') }
      execFile(KUBECTL, [...connection, ...args], { env }, (_error, out, err) => done({ out, err }))
    })

  it.each([
    [''],
    ['-o wide'],
    ['-o name'],
    ['--no-headers'],
    ['--namespaced'],
    ['--namespaced=false -o wide'],
    ['--api-group acme.example'],
    ['--api-group='],
    ['--api-group none'],
    ['--verbs list,watch --verbs create'],
    ['--categories all,acme -o wide'],
  ])('api-resources %s', async (text) => {
    const args = ['api-resources', ...text.split(' ').filter((word) => word !== '')]
    const { out } = await kubectl(args)
    const ours = rampart(['api-resources', crds, '--all', '--kubernetes-version', '1.36', ...args.slice(1)])
    expect(ours.out).toBe(out)
    expect(ours.code).toBe(0)
  })

  it.each([
    ['pods'],
    ['Po'],
    ['wd'],
    ['widget.acme'],
    ['widgets.v1beta1.acme.example'],
    ['ingresses'],
    ['ingresses.acme.example'],
    ['entry'],
    ['events.events'],
    ['deploy.v1.apps'],
    ['hpa.v1.autoscaling'],
    ['Widgetlist'],
    ['nodes'],
    ['users'],
    ['Nothing.Of.This'],
    ['deployments.core'],
    ['*'],
  ])('the resource %s', async (text) => {
    const { out, err } = await kubectl(['auth', 'can-i', 'sing', text])
    const ours = resolveResource(text, catalogue)
    const { group, resource } = ours
    expect(JSON.parse(out.slice(out.indexOf('{')))).toMatchObject({ group, resource })
    const warnings = [...ours.warnings, ...resourceQuestionWarnings('sing', ours, false)]
    expect(err).toBe(warnings.map((warning) => `Warning: ${warning}\n`).join(''))
  })

  it.each([
    ['get pods'],
    ['get pods/web-0'],
    ['get pods/log'],
    ['get po/a/b'],
    ['get pods/'],
    ['get pods --subresource log'],
    ['get pods/x --subresource=log -n shop'],
    ['create pods --subresource='],
    ['list nodes'],
    ['list nodes -A'],
    ['get deploy.v1.apps/web -n x'],
    ['* *'],
    ['sing pods'],
    ['sing pods -A'],
    ['get users'],
    ['impersonate groups'],
    ['get Podz/x'],
    ['get /metrics'],
    ['GET /metrics'],
    ['get /a/b -n x'],
  ])('can-i %s asks what kubectl asks', async (text) => {
    const { out, err } = await kubectl(['auth', 'can-i', ...text.split(' ')])
    const ours = rampart(['can-i', ...text.split(' '), '--as', 'x', '-f', crds, '-o', 'json'])
    const { question } = JSON.parse(ours.out) as { question: Record<string, unknown> }
    expect(question).toMatchObject(JSON.parse(out.slice(out.indexOf('{'))) as object)
    expect(linesOf(ours.err, 'Warning: ')).toEqual(linesOf(err, 'Warning: '))
  })

  it.each([
    ['get /x --subresource y'],
    ['--list x y'],
    ['--list -A'],
    ['--list -q'],
    ['get pods --no-headers'],
  ])('can-i %s is refused as kubectl refuses it', async (text) => {
    const { err } = await kubectl(['auth', 'can-i', ...text.split(' ')])
    const ours = rampart(['can-i', ...text.split(' '), '--as', 'x', '-f', crds])
    expect(linesOf(ours.err, 'error: ')).toEqual(linesOf(err, 'error: '))
    expect(ours.code).toBe(2)
  })
})
