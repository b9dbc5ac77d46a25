import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { ask } from '../../cluster/admin-request.js'
import { provideComponents } from '../../cluster/components.js'
import { writeKubeconfig } from '../../cluster/write-kubeconfig.js'
import { admin, fixOn, type OpenNode } from './fix-kubelet.js'
import { nextManifest } from './next-manifest.js'
import { MANIFEST, startStaticApiServer, type StaticApiServer } from './static-apiserver.js'

const PROBES = ['/livez', '/readyz', '/healthz']
const OWN_FILE = '/etc/kubernetes/kube-apiserver/authentication.yaml'

/**
 * An API server in a static pod: limits its requests without a credential to the paths of probes, and puts that back. The
 * kubelet's probes carry no credential, so that its pod is Ready only while those are answered.
 */
export async function fixApiServer(open: OpenNode): Promise<string> {
  const { cluster, node, say } = open
  const { program, version } = await provideComponents(say)
  const api = await startStaticApiServer(cluster, node, program, version('kube-apiserver').replace(/^v/, ''))
  try {
    await node.process.until('an API server in a static pod', () => isReady(open, api), 120_000)
    const before = await answers(open, api)
    assert.deepEqual(before, ['200', '403 system:anonymous', '200', '200', '200'])
    const kubeadm = await asKubeadm(open, api)
    const named = ['--kubeconfig', kubeadm.kubeconfig]
    const said = await fixOn(open, ['--host', ...named, '--check', 'apiserver-anonymous-auth', '--apply'])
    say(said.out.trimEnd())
    assert.equal(said.code, 0, said.err)
    assert.ok(existsSync(api.inNode(OWN_FILE)))
    assert.doesNotMatch(readFileSync(api.inNode(MANIFEST), 'utf8'), /--oidc-/)
    assert.deepEqual(issuerOf(readFileSync(api.inNode(OWN_FILE), 'utf8')), {
      url: 'https://login.example',
      audiences: ['kubernetes'],
      certificateAuthority: `${readFileSync(cluster.ca.cert, 'utf8').trim()}\n`,
    })
    const after = await answers(open, api)
    assert.deepEqual(after, ['401', '401', '200', '200', '200'])
    // What kubeadm makes the manifest of at its next upgrade says the same.
    assert.deepEqual(parse(await kubeadm.configuration()), {
      ...(parse(CONFIGURATION) as object),
      apiServer: {
        extraArgs: [{ name: 'authentication-config', value: OWN_FILE }],
        extraVolumes: [
          {
            name: 'kube-apiserver-files',
            hostPath: path.dirname(OWN_FILE),
            mountPath: path.dirname(OWN_FILE),
            readOnly: true,
            pathType: 'DirectoryOrCreate',
          },
        ],
      },
    })
    const next = await nextManifest(program, await kubeadm.configuration(), cluster.folder)
    assert.ok(next.includes(`- --authentication-config=${OWN_FILE}\n`), next)
    assert.equal(next.match(/name: kube-apiserver-files\n/g)?.length, 2)
    await node.process.until('a Ready pod of the new API server', () => isReady(open, api))
    const id = /\b(\d{8}T\d{6}Z-fix-[0-9a-f]+)\b/.exec(said.out + said.err)?.[1] ?? ''
    const back = await fixOn(open, ['rollback', id, ...named])
    assert.equal(back.code, 0, back.out + back.err)
    assert.ok(!existsSync(api.inNode(OWN_FILE)))
    assert.equal(await kubeadm.configuration(), CONFIGURATION)
    assert.deepEqual(await answers(open, api), before)
    return `kube-apiserver: /version ${before[0]} -> ${after[0]}, /api ${before[1]} -> ${after[1]}, ${PROBES.join(' ')} 200 -> 200, kubeadm makes the same; rolled back`
  } finally {
    api.stop()
  }
}

function issuerOf(text: string): unknown {
  return (parse(text) as { jwt: { issuer: unknown }[] }).jwt[0]?.issuer
}

const CONFIGURATION = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.3
`

interface Kubeadm {
  /** For programs on the node: the API server of the cluster is reached through the link there. */
  readonly kubeconfig: string
  readonly configuration: () => Promise<string>
}

/** Makes the node one that kubeadm has set up: what it leaves on a host, and in the cluster. */
async function asKubeadm(open: OpenNode, api: StaticApiServer): Promise<Kubeadm> {
  const { cluster } = open
  writeFileSync(api.inNode('/var/lib/kubelet/kubeadm-flags.env'), 'KUBELET_KUBEADM_ARGS=""\n')
  const at = '/api/v1/namespaces/kube-system/configmaps'
  const made = await ask(admin(open), at, {
    method: 'POST',
    body: { metadata: { name: 'kubeadm-config' }, data: { ClusterConfiguration: CONFIGURATION } },
  })
  assert.equal(made.status, 201, made.body)
  const server = `https://${api.link}:${new URL(cluster.server).port}`
  return {
    kubeconfig: writeKubeconfig(
      path.join(cluster.folder, 'node-admin.kubeconfig'),
      { server, ca: cluster.ca.cert },
      'kubernetes-admin',
      cluster.admin,
    ),
    async configuration() {
      const { body } = await ask(admin(open), `${at}/kubeadm-config`)
      return (JSON.parse(body) as { data: { ClusterConfiguration: string } }).data.ClusterConfiguration
    },
  }
}

/** What /version, /api and the paths of probes answer without a credential. */
function answers({ cluster }: OpenNode, { server }: StaticApiServer): Promise<string[]> {
  return Promise.all(
    ['/version', '/api', ...PROBES].map(async (at) => {
      const { status, body } = await ask({ server, ca: cluster.ca.cert }, at)
      return body.includes('system:anonymous') ? `${status} system:anonymous` : String(status)
    }),
  )
}

/** Whether the mirror pod is Ready, and its API server answers. */
async function isReady(open: OpenNode, api: StaticApiServer): Promise<boolean> {
  const { status, body } = await ask(
    admin(open),
    `/api/v1/namespaces/kube-system/pods/kube-apiserver-${open.node.name}`,
  )
  if (status !== 200) return false
  const pod = JSON.parse(body) as { status: { conditions?: { type: string; status: string }[] } }
  const ready = pod.status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false
  return ready && (await answers(open, api)).at(-1) === '200'
}
