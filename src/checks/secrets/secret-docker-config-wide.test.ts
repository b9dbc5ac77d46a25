import { checkTests } from '../../../test/kit/check-tests.js'
import { secretWith } from './example-objects.js'
import { secretDockerConfigWide } from './secret-docker-config-wide.js'

const type = 'kubernetes.io/dockerconfigjson'
const copies = (...namespaces: string[]): { manifests: string } => ({
  manifests: namespaces.map((each) => secretWith({ type }, 'regcred', each)).join('---\n'),
})
const opening = (...registries: string[]): { manifests: string } => ({
  manifests: secretWith({
    type,
    stringData: {
      '.dockerconfigjson': JSON.stringify({
        auths: Object.fromEntries(registries.map((each) => [each, {}])),
      }),
    },
  }),
})

checkTests(secretDockerConfigWide, [
  {
    name: 'three namespaces: said once',
    kind: 'failing',
    given: copies('web', 'mail', 'shop'),
    expect: [
      { result: 'fail', severity: 'medium', path: 'namespaces', message: /mail, shop, web/, fix: 'advice' },
    ],
  },
  {
    name: 'two registries',
    kind: 'failing',
    given: opening('https://index.docker.io/v1/', 'r.example.com'),
    expect: [{ result: 'fail', path: 'registries', message: /index.docker.io, r.example.com/ }],
  },
  { name: 'two namespaces', kind: 'odd', given: copies('web', 'mail'), expect: [] },
  {
    name: 'one registry, written twice',
    kind: 'odd',
    given: opening('r.example.com', 'https://r.example.com/v2'),
    expect: [],
  },
  { name: 'one registry', kind: 'passing', given: opening('r.example.com'), expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: secretWith({ type: [type] }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
