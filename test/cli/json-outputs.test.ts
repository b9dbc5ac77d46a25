import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderInventory } from '../../src/actions/docker-tls/inventory.js'
import { issueCertificate } from '../../src/pki/index.js'
import { inventory } from '../kit/docker-tls-inventory.js'
import { goProgram } from '../kit/go-program.js'
import { schemaValidator } from '../kit/schema-validator.js'
import { rampart } from './run-cli.js'

let folder = ''
const at = (name: string): string => path.join(folder, name)
const ESTATE = 'examples/estate'
const CLUSTER = `${ESTATE}/cluster`

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-json-'))
  for (const name of ['home', 'ca', 'pki', 'etc']) mkdirSync(at(name))
  cpSync(`${ESTATE}/hosts/cp-1`, at('cp-1'), { recursive: true })
  cpSync(`${ESTATE}/hosts/worker-2`, at('worker-2'), { recursive: true })
  writeFileSync(at('ca/inventory.json'), renderInventory(inventory))
  const ca = await issueCertificate({ commonName: 'kubernetes', use: 'authority', minutes: 6000 })
  const server = await issueCertificate({ commonName: 'api', use: 'server', minutes: 600, issuer: ca })
  writeFileSync(at('pki/ca.crt'), ca.cert)
  writeFileSync(at('pki/apiserver.crt'), server.cert)
  writeFileSync(at('pki/apiserver.key'), server.key)
  writeFileSync(at('pki/broken.crt'), 'no certificate')
  writeFileSync(at('kubelet'), goProgram({ version: 'v1.36.2' }))
  const logging = { 'log-driver': 'splunk', 'log-opts': { 'splunk-token': 'sesame-9137' } }
  writeFileSync(at('etc/daemon.json'), JSON.stringify({ labels: ['a=b'], ...logging }, undefined, 2))
  writeFileSync(at('kubeconfig'), KUBECONFIG)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: one
clusters: [{name: one, cluster: {server: 'https://127.0.0.1:1'}}]
contexts: [{name: one, context: {cluster: one, user: one}}]
users: [{name: one, user: {token: sesame-9137}}]
`

const run = (args: readonly string[]) =>
  rampart(args, {
    env: {
      HOME: at('home'),
      RAMPART_STATE_DIR: at('state'),
      KUBECONFIG: at('kubeconfig'),
      DOCKER_HOST: 'tcp://10.0.0.5',
      DOCKER_CONTEXT: '',
      DOCKER_CONFIG: '',
    },
  })

/** A command, and the schema of what it prints where one is published. `%` stands for the folder of the test. */
type Row = readonly [command: string, schema?: string]

const ROWS: readonly Row[] = [
  [`audit ${ESTATE} -o json`, 'audit-result'],
  [`audit ${ESTATE} --benchmark cis-1.12 -o json`, 'benchmark-result'],
  ['fix --host-root %/worker-2 --no-config -o json', 'fix-plan'],
  ['fix --host-root %/cp-1 --no-config -o json', 'fix-plan'],
  [`fix ${ESTATE}/gitops --no-config -o json`, 'fix-plan'],
  ['fix history -o json', 'fix-history'],
  ['fix --host-root %/worker-2 --no-config --apply -o json', 'fix-outcome'],
  ['fix history -o json', 'fix-history'],
  ['docker client -o json', 'docker-client'],
  ['docker client --client-version 28.2.2 --tlsverify -o json', 'docker-client'],
  ['docker client -H unix:///var/run/docker.sock -o json', 'docker-client'],
  ['docker client -H tcp://a -H tcp://b -o json', 'docker-client'],
  ['docker list --ca-dir %/ca -o json', 'docker-certificates'],
  ['docker list --ca-dir %/ca --all --expiring 9999d -o json', 'docker-certificates'],
  [
    'docker setup-tls --config-file %/etc/daemon.json --cert-dir %/tls --address 10.0.0.5 --client-dir %/alice --restart-command true -o json',
    'docker-tls',
  ],
  ['docker add-client bob --ca-dir %/ca --client-dir %/bob -o json', 'docker-tls'],
  ['verify %/kubelet -o json', 'verify-result'],
  [`verify --pods ${CLUSTER} -o json`, 'verify-result'],
  ['certs %/pki -o json', 'certificates'],
  ['certs %/pki --expiring 1d -o json', 'certificates'],
  [`certs ${CLUSTER} --host-root %/cp-1 -o json`, 'certificates'],
  [`upgrade check ${CLUSTER} --to 1.37 -o json`, 'upgrade-check'],
  ['docker config --host-root examples/estate/hosts/build-1 -o json'],
  ['kubelet config --host-root %/worker-2 -o json'],
  ['apiserver config --host-root %/cp-1 -o json'],
  ['checks list -o json'],
  ['checks show kubelet-anonymous-auth -o json'],
  [`can-i get pods --as alice -f ${CLUSTER} -o json`],
  [`can-i --list --as alice -f ${CLUSTER} -o json`],
  [`who-can get secrets -f ${CLUSTER} -o json`],
  [`explain-access get secrets --as alice -f ${CLUSTER} -o json`],
  [`escalations -f ${CLUSTER} -o json`],
  [`access-matrix ${CLUSTER} -o json`],
  [`diff ${CLUSTER} ${ESTATE}/gitops -o json`],
  [`rbac lint ${CLUSTER} -o json`],
  [`rbac graph ${CLUSTER} -o json`],
  [`pod-security ${CLUSTER} -o json`],
  [
    `kubeadm config --hardened --kubernetes-version v1.36.3 --control-plane-endpoint api.example.org:6443 -o json`,
  ],
  ['kubeconfig view -o json'],
  ['kubeconfig contexts -o json'],
  ['kubeconfig lint -o json'],
]

describe('JSON on standard output', () => {
  it.each(ROWS.map(([command, schema]) => ({ command, schema })))('$command', ({ command, schema }) => {
    const { code, out, err } = run(command.replaceAll('%', folder).split(' '))
    expect([0, 1, 3], err).toContain(code)
    expect(out).toMatch(/^[{[][^]*[}\]]\n$/)
    const value: unknown = JSON.parse(out)
    expect(out).not.toContain('sesame-9137')
    if (schema !== undefined) expect(schemaValidator(`schemas/${schema}.schema.json`)(value)).toEqual([])
  })
})
