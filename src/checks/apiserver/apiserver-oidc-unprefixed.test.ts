import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverOidcUnprefixed } from './apiserver-oidc-unprefixed.js'
import { apiserverWith } from './example-apiserver.js'

function withJwt(mappings: string, more = '') {
  return apiserverWith(['--authentication-config=/etc/kubernetes/authn.yaml'], {
    files: {
      '/etc/kubernetes/authn.yaml': `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
- issuer: {url: 'https://login.example', audiences: [kubernetes]}
  claimMappings: ${mappings}
${more}`,
    },
  })
}
const OIDC = ['--oidc-issuer-url=https://login.example', '--oidc-client-id=kubernetes']

checkTests(apiserverOidcUnprefixed, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'groups without a prefix',
    kind: 'failing',
    given: apiserverWith([...OIDC, '--oidc-groups-claim=groups']),
    expect: [{ result: 'fail', severity: 'high', path: 'oidc-groups-prefix', fix: 'advice' }],
  },
  {
    name: 'the prefix of user names taken away',
    kind: 'failing',
    given: apiserverWith([...OIDC, '--oidc-username-prefix=-']),
    expect: [{ result: 'fail', path: 'oidc-username-prefix', line: 13 }],
  },
  {
    name: 'a file that takes groups as they are',
    kind: 'failing',
    given: withJwt("{username: {claim: sub, prefix: 'oidc:'}, groups: {claim: groups, prefix: ''}}"),
    expect: [
      {
        result: 'fail',
        file: '/etc/kubernetes/authn.yaml',
        line: 4,
        message: 'groups of https://login.example are taken as they are',
      },
    ],
  },
  { name: 'no provider', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'user names alone, by default with the issuer in front',
    kind: 'passing',
    given: apiserverWith(OIDC),
    expect: [],
  },
  {
    name: 'prefixes in a file',
    kind: 'passing',
    given: withJwt("{username: {expression: 'claims.email'}, groups: {claim: groups, prefix: 'oidc:'}}"),
    expect: [],
  },
  {
    name: 'a rule refuses names of the system',
    kind: 'odd',
    given: withJwt(
      "{username: {claim: sub, prefix: ''}, groups: {expression: claims.roles}}",
      `  userValidationRules:
  - expression: "!user.username.startsWith('system:')"
  - expression: "user.groups.all(group, !group.startsWith('system:'))"
`,
    ),
    expect: [],
  },
  {
    name: 'expressions that hand claims through',
    kind: 'odd',
    given: withJwt("{username: {expression: claims.sub}, groups: {expression: 'claims.roles'}}"),
    expect: [{ result: 'fail', message: /groups of .*; username of / }],
  },
  {
    name: 'an expression that is not judged',
    kind: 'unknown',
    given: withJwt(
      "{username: {claim: sub, prefix: 'a:'}, groups: {expression: 'claims.roles.split(\",\")'}}",
    ),
    expect: [{ result: 'unknown', line: 4 }],
  },
  {
    name: 'the file was not read',
    kind: 'unknown',
    given: apiserverWith(['--authentication-config=/etc/kubernetes/authn.yaml']),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'a file that is none',
    kind: 'unknown',
    given: apiserverWith(['--authentication-config=/etc/kubernetes/authn.yaml'], {
      files: { '/etc/kubernetes/authn.yaml': 'a: [' },
    }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
