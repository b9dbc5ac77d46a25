import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionGatekeeperRepoPrefix } from './admission-gatekeeper-repo-prefix.js'
import { objectOf } from './example-webhook.js'

const repos = (list: unknown): { manifests: string } => ({
  manifests: objectOf('constraints.gatekeeper.sh/v1beta1', 'K8sAllowedRepos', 'r', {
    spec: { parameters: { repos: list } },
  }),
})

checkTests(admissionGatekeeperRepoPrefix, [
  {
    name: 'a host',
    kind: 'failing',
    given: repos(['registry.example.com/', 'registry.example.com:5000']),
    expect: [{ result: 'fail', severity: 'medium', path: 'repos registry.example.com:5000', fix: 'patch' }],
  },
  {
    name: 'an organization',
    kind: 'failing',
    given: repos(['docker.io/acme']),
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  {
    name: 'folders and single images',
    kind: 'passing',
    given: repos(['docker.io/acme/', 'docker.io/library/nginx:1.29', 'a/b@sha256:0f']),
    expect: [],
  },
  { name: 'members of other types', kind: 'odd', given: repos([7, null]), expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: repos('docker.io'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
