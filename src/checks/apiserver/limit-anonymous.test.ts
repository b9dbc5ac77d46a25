import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { applyToInput } from '../../../test/kit/apply-to-input.js'
import { runCheck } from '../../../test/kit/check-tests.js'
import type { EstateInput, Fix } from '../../model/index.js'
import { apiserverAnonymousAuth } from './apiserver-anonymous-auth.js'
import { apiserverProcess, apiserverWith } from './example-apiserver.js'

const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml'
const OWN = '/etc/kubernetes/kube-apiserver/authentication.yaml'
const RBAC = '--authorization-mode=Node,RBAC'
/** As kubeadm writes it: the folder of certificates alone is mounted. */
const KUBEADM = `apiVersion: v1
kind: Pod
metadata:
  annotations:
    kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint: 10.0.0.1:6443
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
  - command:
    - kube-apiserver
    - --anonymous-auth=true
    - --authorization-mode=Node,RBAC
    image: registry.k8s.io/kube-apiserver:v1.33.4
    name: kube-apiserver
    volumeMounts:
    - mountPath: /etc/kubernetes/pki
      name: k8s-certs
      readOnly: true
  hostNetwork: true
  volumes:
  - hostPath:
      path: /etc/kubernetes/pki
      type: DirectoryOrCreate
    name: k8s-certs
status: {}
`

async function fixOf(given: EstateInput): Promise<Fix> {
  const [finding] = await runCheck(apiserverAnonymousAuth, given)
  if (finding?.fix === undefined) throw new Error('there is no finding with a fix')
  return finding.fix
}

/** The files of cp-1 after the fix. */
async function filesAfter(given: EstateInput): Promise<Readonly<Record<string, string>>> {
  const after = applyToInput(given, (await fixOf(given)).edits).hosts?.['cp-1']?.files ?? {}
  return Object.fromEntries(
    Object.entries(after).map(([name, file]) => [
      name,
      typeof file === 'string' ? file : 'text' in file ? file.text : '',
    ]),
  )
}

describe('the change that limits anonymous requests', () => {
  it('adds a file, its flag, a volume and a mount to what kubeadm wrote, and takes the flag out', async () => {
    const given: EstateInput = { hosts: { 'cp-1': { files: { [MANIFEST]: KUBEADM } } } }
    const files = await filesAfter(given)
    expect(parse(files[OWN] ?? '')).toEqual({
      apiVersion: 'apiserver.config.k8s.io/v1beta1',
      kind: 'AuthenticationConfiguration',
      anonymous: {
        enabled: true,
        conditions: [{ path: '/livez' }, { path: '/readyz' }, { path: '/healthz' }],
      },
    })
    expect(files[MANIFEST]).toBe(
      KUBEADM.replace('    - --anonymous-auth=true\n', '')
        .replace('RBAC\n', `RBAC\n    - --authentication-config=${OWN}\n`)
        .replace(
          'readOnly: true\n',
          'readOnly: true\n    - mountPath: /etc/kubernetes/kube-apiserver\n      name: kube-apiserver-files\n      readOnly: true\n',
        )
        .replace(
          '    name: k8s-certs\nstatus',
          '    name: k8s-certs\n  - hostPath:\n      path: /etc/kubernetes/kube-apiserver\n      type: DirectoryOrCreate\n    name: kube-apiserver-files\nstatus',
        ),
    )
    const fix = await fixOf(given)
    expect(fix.edits[0]).toMatchObject({ op: 'create', file: OWN, mode: 0o600, host: 'cp-1' })
    expect(fix.text).toMatch(/was not seen \(`kubeadm token list` tells\)/)
  })

  it.each([
    ['v1.36.2', 'v1', undefined],
    ['v1.34.0', 'v1', undefined],
    ['v1.32.1', 'v1beta1', undefined],
    ['v1.31.9', 'v1beta1', 'AnonymousAuthConfigurableEndpoints=true'],
  ])('%s reads %s', async (version, api, gates) => {
    const files = await filesAfter(apiserverWith([RBAC], { version }))
    expect((parse(files[OWN] ?? '') as { apiVersion: string }).apiVersion).toBe(
      `apiserver.config.k8s.io/${api}`,
    )
    expect(/--feature-gates=(.*)/.exec(files[MANIFEST] ?? '')?.[1]).toBe(gates)
    // The folder of the example is mounted as a whole.
    expect(files[MANIFEST]).not.toContain('kube-apiserver-files')
  })

  it('keeps the gates that 1.31 was given', async () => {
    const given = apiserverWith([RBAC, '--feature-gates=StructuredAuthenticationConfiguration=true'], {
      version: 'v1.31.9',
    })
    expect((await filesAfter(given))[MANIFEST]).toContain(
      '--feature-gates=StructuredAuthenticationConfiguration=true,AnonymousAuthConfigurableEndpoints=true',
    )
  })

  it('leaves cluster-info open while a token is valid', async () => {
    const manifests =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cluster-info, namespace: kube-public}\ndata: {jws-kubeconfig-abcdef: x, kubeconfig: y}\n'
    const given = apiserverWith([RBAC], { manifests })
    const files = await filesAfter(given)
    expect(files[OWN]).toContain('path: /api/v1/namespaces/kube-public/configmaps/cluster-info')
    expect((await fixOf(given)).text).toMatch(/Nodes join with tokens/)
    const later = { ...apiserverWith([RBAC, `--authentication-config=${OWN}`], { files }), manifests: '' }
    expect(await runCheck(apiserverAnonymousAuth, later)).toMatchObject([
      { message: expect.stringContaining('cluster-info') as string },
    ])
  })

  it('says that no token is valid where none has signed cluster-info', async () => {
    const manifests =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cluster-info, namespace: kube-public}\ndata: {kubeconfig: y}\n'
    expect((await fixOf(apiserverWith([RBAC], { manifests }))).text).toMatch(/no token is valid now/)
  })

  it('moves the issuer of the flags into the file', async () => {
    const given = apiserverWith(
      [
        RBAC,
        '--oidc-issuer-url=https://login.example',
        '--oidc-client-id=kubernetes',
        '--oidc-groups-claim=groups',
        '--oidc-groups-prefix=oidc:',
        '--oidc-ca-file=/etc/kubernetes/oidc.crt',
        '--oidc-required-claim=team=a',
      ],
      {
        files: {
          '/etc/kubernetes/oidc.crt': '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
        },
      },
    )
    const files = await filesAfter(given)
    expect(files[MANIFEST]).not.toContain('--oidc-')
    expect(parse(files[OWN] ?? '')).toMatchObject({
      jwt: [
        {
          issuer: {
            url: 'https://login.example',
            audiences: ['kubernetes'],
            certificateAuthority: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
          },
          claimValidationRules: [{ claim: 'team', requiredValue: 'a' }],
          claimMappings: {
            username: { claim: 'sub', prefix: 'https://login.example#' },
            groups: { claim: 'groups', prefix: 'oidc:' },
          },
        },
      ],
    })
    expect((await fixOf(given)).breaks).toMatch(/signing algorithm/)
  })

  const CONFIG = '/etc/kubernetes/authn.yaml'
  const HEAD = 'apiVersion: apiserver.config.k8s.io/v1beta1\nkind: AuthenticationConfiguration\n'
  it.each([
    ['without the section', `${HEAD}jwt: [] # none yet\n`],
    ['with it, unlimited', `${HEAD}anonymous: {enabled: true}\n`],
    [
      'with too much',
      `${HEAD}anonymous:\n  enabled: true\n  conditions:\n  - path: /livez\n  - path: /metrics # why?\n`,
    ],
  ])('extends a file %s, and has the pod start anew', async (_name, text) => {
    const given = apiserverWith([RBAC, `--authentication-config=${CONFIG}`], {
      version: 'v1.33.1',
      files: { [CONFIG]: text },
    })
    const files = await filesAfter(given)
    expect(files[CONFIG]).toContain(HEAD)
    expect(parse(files[CONFIG] ?? '')).toMatchObject({
      anonymous: {
        enabled: true,
        conditions: [{ path: '/livez' }, { path: '/readyz' }, { path: '/healthz' }],
      },
    })
    expect(files[MANIFEST]).toMatch(/annotations: ?\{?\s*rampart.dev\/configuration: /)
    expect(files[OWN]).toBeUndefined()
  })

  it.each([
    ['a version that cannot', apiserverWith([RBAC], { version: 'v1.30.4' }), /1\.30 cannot limit them/],
    ['a version that is not known', apiserverWith([RBAC], { version: 'latest' }), /version is not known/],
    ['a process whose files were not read', apiserverProcess([RBAC]), /version is not known/],
    [
      'an authority that was not read',
      apiserverWith([
        RBAC,
        '--oidc-issuer-url=https://a',
        '--oidc-client-id=b',
        '--oidc-ca-file=/srv/ca.crt',
      ]),
      /`\/srv\/ca.crt` of `--oidc-ca-file` was not read/,
    ],
  ])('is advice for %s', async (_name, given, text) => {
    const fix = await fixOf(given)
    expect(fix.edits).toEqual([])
    expect(fix.text).toMatch(text)
    expect(fix.text).toMatch(/Never `--anonymous-auth=false`/)
  })
})
