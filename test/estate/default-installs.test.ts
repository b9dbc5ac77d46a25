import { describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/index.js'
import { checks as all, checksByDefault } from '../../src/checks/index.js'
import type { Distribution, Finding } from '../../src/model/index.js'
import { estateFrom } from '../../src/sources/index.js'
import { DEFAULT_INSTALLS } from './default-installs.js'

const checks = checksByDefault(all)

async function findingsOf(install: string, manifests = ''): Promise<readonly Finding[]> {
  const estate = await estateFrom({ manifests, hosts: { 'node-1': DEFAULT_INSTALLS[install] ?? {} } })
  const { findings, unknowns, notApplicable } = runAudit(estate, { version: 'test', checks })
  return [...findings, ...unknowns, ...notApplicable]
}

function found(findings: readonly Finding[], check: string): Finding | undefined {
  return findings.find((finding) => finding.check === check)
}

describe('a host as its installer leaves it', () => {
  it.each<[string, Distribution, readonly string[]]>([
    ['k3s-1.34', 'k3s', []],
    ['rke2-1.34', 'rke2', []],
    ['rke2-1.30', 'rke2', []],
    // Its kubelet takes flags alone, and none of them names an authorizer: whoever has a credential is let in. Its API
    // server allows everything until the rbac add-on is on.
    [
      'microk8s',
      'microk8s',
      [
        'apiserver-authorization-always-allow',
        'kubelet-authorization-always-allow',
        'apiserver-admission-node-restriction',
      ],
    ],
    ['eks-al2023', 'eks', []],
    ['aks', 'aks', []],
    // Open until the cluster is told otherwise.
    ['gke', 'gke', ['kubelet-read-only-port']],
    ['minikube', 'minikube', []],
  ])('%s: no critical and no high finding but what is open', async (install, distribution, open) => {
    const estate = await estateFrom({ hosts: { 'node-1': DEFAULT_INSTALLS[install] ?? {} } })
    expect(estate.hosts[0]?.distribution).toBe(distribution)
    const grave = (await findingsOf(install)).filter(
      ({ result, severity }) => result === 'fail' && (severity === 'critical' || severity === 'high'),
    )
    expect(grave.map(({ check }) => check)).toEqual(open)
  })

  it('settings of the kubelet are known, not guessed, wherever its flags can be seen', async () => {
    for (const install of Object.keys(DEFAULT_INSTALLS)) {
      const findings = await findingsOf(install)
      expect([install, found(findings, 'kubelet-anonymous-auth')]).toEqual([install, undefined])
    }
  })

  it('the port that k3s closes with a flag of its own is unknown without its version', async () => {
    expect(found(await findingsOf('k3s-1.34'), 'kubelet-read-only-port')?.result).toBe('unknown')
    const judged = async (version: string): Promise<string | undefined> => {
      const node = `apiVersion: v1\nkind: Node\nmetadata: {name: node-1}\nstatus: {nodeInfo: {kubeletVersion: ${version}}}\n`
      return found(await findingsOf('k3s-1.34', node), 'kubelet-read-only-port')?.result
    }
    expect(await judged('v1.34.1+k3s1')).toBeUndefined()
    expect(await judged('v1.32.3+k3s1')).toBe('fail')
  })

  it('changes last: none in a file that the distribution writes again, none on the node of a provider', async () => {
    for (const install of Object.keys(DEFAULT_INSTALLS)) {
      for (const { check, fix } of await findingsOf(install)) {
        const files = (fix?.edits ?? []).map(({ file }) => file)
        expect([install, check, files.filter((file) => /00-\w+-defaults/.test(file))]).toEqual([
          install,
          check,
          [],
        ])
        if (/^(?:eks|aks|gke)/.test(install)) expect([install, check, files]).toEqual([install, check, []])
      }
    }
  })

  it('who else renews certificates is named', async () => {
    expect(found(await findingsOf('rke2-1.34'), 'kubelet-rotate-certificates')).toMatchObject({
      result: 'notApplicable',
    })
    expect(found(await findingsOf('eks-al2023'), 'kubelet-rotate-certificates')).toMatchObject({
      result: 'notApplicable',
    })
  })
})
