import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podGitSyncEnv } from './pod-git-sync-env.js'

const gitSync = (fields: string, more = ''): { manifests: string } => ({
  manifests: `${(podWith(fields).manifests ?? '').replace('registry.example/app:1.0', 'mirror.example/git-sync/git-sync:v4.4.0')}${more}`,
})
const FROM = 'envFrom: [{configMapRef: {name: settings}, prefix: GITSYNC_}]'
const map = (key: string): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {${key}: x}\n`

checkTests(podGitSyncEnv, [
  {
    name: 'a variable',
    kind: 'failing',
    given: gitSync('env: [{name: GITSYNC_GIT, value: /tmp/x}]'),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: 'spec.containers[name=app].env[name=GITSYNC_GIT]',
        fix: 'advice',
      },
    ],
  },
  { name: 'a flag', kind: 'failing', given: gitSync('args: [--git=/tmp/x]'), expect: [{ result: 'fail' }] },
  { name: 'neither', kind: 'passing', given: gitSync('args: [--git-config=a:b]'), expect: [] },
  {
    name: 'the variable of another program',
    kind: 'odd',
    given: podWith('env: [{name: GITSYNC_GIT, value: x}]'),
    expect: [],
  },
  {
    name: 'through a ConfigMap',
    kind: 'odd',
    given: gitSync(FROM, map('GIT')),
    expect: [{ result: 'fail', message: /ConfigMap settings/ }],
  },
  { name: 'a ConfigMap without it', kind: 'odd', given: gitSync(FROM, map('REPO')), expect: [] },
  {
    name: 'a ConfigMap that was not read',
    kind: 'unknown',
    given: gitSync(FROM),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
