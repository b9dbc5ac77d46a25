import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { docValue, readGoDocument } from './go-document.js'
import { redactArguments, redactHostText } from './redact-host-text.js'

const SECRET = 'Vqx7-plant3d'

describe('secrets leave a text before anyone sees it', () => {
  test.each([
    ['kubeconfig token', `users:\n- name: a\n  user:\n    token: ${SECRET}\n`],
    ['kubeconfig token, quoted', `    token: "${SECRET}"`],
    ['kubeconfig token, single quotes', `    token: '${SECRET}'`],
    ['kubeconfig password', `    password: ${SECRET}`],
    ['kubeconfig key', `    client-key-data: ${SECRET}`],
    ['flow map', `user: {token: ${SECRET}, username: a}`],
    ['JSON', `{"user":{"token":"${SECRET}"}}`],
    ['JSON with blanks', `{"auths": {"x": {"auth" : "${SECRET}"}}}`],
    ['block scalar', `token: |\n  ${SECRET}\n  ${SECRET}\nnext: 1`],
    ['block scalar in a list', `- password: >-\n    ${SECRET}\n  next: 1`],
    ['encryption key', `keys:\n- name: key1\n  secret: ${SECRET}\n`],
    ['environment variable', `ETCD_PASSWORD=${SECRET}`],
    ['environment variable, quoted', `K3S_TOKEN="${SECRET}"`],
    ['unit environment', `Environment="A=b" "API_TOKEN=${SECRET}"`],
    ['flag inside a variable', `KUBELET_EXTRA_ARGS="--v=2 --token=${SECRET}"`],
    ['flag with a word behind it', `ExecStart=/usr/bin/k3s agent --token ${SECRET}`],
    ['password in a URL', `datastore-endpoint: postgres://k3s:${SECRET}@db:5432/k3s`],
    ['proxy with a password', `Environment=HTTP_PROXY=http://u:${SECRET}@proxy:3128`],
    ['pod variable', `env:\n- name: DB_PASSWORD\n  value: ${SECRET}\n`],
    ['flag and word in a list', `command: ["x", "--token", "${SECRET}", --v=2]`],
    ['flag and word in a plain list', `args: [--password, ${SECRET}]`],
    ['members of a list', `- --token\n- ${SECRET}\n`],
    ['members of a JSON list', `  "--token",\n  "${SECRET}",\n`],
    [
      'behind a private key',
      `{"key":"-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----","token":"${SECRET}"}`,
    ],
    ['before the end of a key', `-----BEGIN PRIVATE KEY-----\nAAAA${SECRET}-----END PRIVATE KEY-----`],
    ['TOML', `password = "${SECRET}"`],
    ['comment', `# token: ${SECRET}`],
    ['private key', `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n${SECRET}\n-----END RSA PRIVATE KEY-----\n`],
    ['private key without an end', `-----BEGIN PRIVATE KEY-----\n${SECRET}`],
    [
      'private key in a string',
      `{"key":"-----BEGIN EC PRIVATE KEY-----\\n${SECRET}\\n-----END EC PRIVATE KEY-----"}`,
    ],
  ])('%s', (_name, text) => {
    const redacted = redactHostText(text)
    expect(redacted).not.toContain(SECRET)
    expect(redacted.split('\n')).toHaveLength(text.split('\n').length)
  })

  test.each([
    ['settings', 'authentication:\n  anonymous:\n    enabled: false\n  webhook: {enabled: true}\n'],
    ['paths of secrets', '--token-auth-file=/etc/kubernetes/tokens.csv\ntokenFile: /var/run/token\n'],
    ['switches', '--anonymous-auth=false --client-cert-auth=true --enable-bootstrap-token-auth=true'],
    ['a path behind a secret name', 'token: /var/run/secrets/token'],
    [
      'certificates',
      'certificate-authority-data: LS0tLS1CRUdJTg==\nclient-certificate-data: LS0tLS1CRUdJTg==',
    ],
    [
      'images and digests',
      'image: registry.k8s.io/kube-apiserver:v1.36.2@sha256:0123456789abcdef0123456789abcdef',
    ],
    [
      'cipher lists',
      '--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_CBC_SHA',
    ],
    [
      'a bare switch before other things',
      '- --client-cert-auth\n- --v=2\n- --anonymous-auth\nimage: a\n- --x-auth\n- name: b',
    ],
    ['accounts', 'root:x:0:0:root:/root:/bin/bash'],
    ['names of secrets', 'secretName: db-password\nimagePullSecrets:\n- name: pull'],
  ])('%s stay as they are', (_name, text) => {
    expect(redactHostText(text)).toBe(text)
  })

  it('leaves a document a document', () => {
    const text = `users:\n- name: a\n  user:\n    token: ${SECRET}\n    x: 1\n`
    const root = readGoDocument(redactHostText(text)).root
    expect(root === undefined ? undefined : docValue(root)).toEqual({
      users: [{ name: 'a', user: { token: '[redacted]', x: 1 } }],
    })
  })

  it('never throws, keeps the number of lines, and is done after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = redactHostText(`token: a1b2c3d4\n${text}`)
        expect(once.split('\n')).toHaveLength(text.split('\n').length + 1)
        expect(redactHostText(once)).toBe(once)
      }),
    )
  })

  it.each([
    ['assignments', 'a=b '.repeat(50_000)],
    ['assignments in assignments', 'a='.repeat(50_000)],
    ['quotes in quotes', `a="b='`.repeat(20_000)],
    ['backslashes', `a: "${'\\'.repeat(100_000)}`],
    ['blanks', `--token${' '.repeat(100_000)}x\nkey:${' '.repeat(100_000)}x`],
    ['begins of keys', '-----BEGIN PRIVATE KEY-----'.repeat(10_000)],
    ['begins of tokens', 'eyJ-'.repeat(100_000)],
    ['URLs', '://a:'.repeat(50_000)],
  ])('does not hang on a long line of %s', (_name, text) => {
    expect(redactHostText(text).split('\n')).toHaveLength(text.split('\n').length)
  })
})

describe('secrets leave a command line', () => {
  test.each<[string, string[], string[]]>([
    ['joined', ['--token=abc123', '--v=2'], ['--token=[redacted]', '--v=2']],
    ['a word behind', ['--token', 'abc123', '--v=2'], ['--token', '[redacted]', '--v=2']],
    [
      'a switch',
      ['--anonymous-auth=false', '--client-cert-auth'],
      ['--anonymous-auth=false', '--client-cert-auth'],
    ],
    ['a path', ['--token=/etc/token'], ['--token=/etc/token']],
    [
      'in a URL',
      ['--datastore-endpoint=postgres://a:b@c/d'],
      ['--datastore-endpoint=postgres://a:[redacted]@c/d'],
    ],
    ['no value', ['--token'], ['--token']],
  ])('%s', (_name, args, expected) => {
    expect(redactArguments(args)).toEqual(expected)
  })
})
