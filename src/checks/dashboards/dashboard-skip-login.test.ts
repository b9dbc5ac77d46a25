import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardSkipLogin } from './dashboard-skip-login.js'
import { consoleWith } from './example-console.js'

const image = 'docker.io/kubernetesui/dashboard:v2.7.0'
const args: string[] = ['--auto-generate-certificates', '--namespace=tools']

checkTests(dashboardSkipLogin, [
  {
    name: 'the switch is on',
    kind: 'failing',
    given: { manifests: consoleWith({ image, args: [...args, '--enable-skip-login'] }, 'NodePort') },
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: 'containers[name=console] --enable-skip-login',
        line: 15,
        message: /reached through Service tools\/console/,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'through a mirror, as command, with a value',
    kind: 'failing',
    given: {
      manifests: consoleWith({
        image: `mirror.example.com/cache/${image.slice(image.indexOf('/') + 1)}`,
        command: [...args, '--enable-skip-login=true'],
      }),
    },
    expect: [{ result: 'fail', severity: 'high' }],
  },
  { name: 'not set', kind: 'passing', given: { manifests: consoleWith({ image, args }) }, expect: [] },
  {
    name: 'switched off, and the last one counts',
    kind: 'odd',
    given: {
      manifests: consoleWith({ image, args: [...args, '--enable-skip-login', '--enable-skip-login=false'] }),
    },
    expect: [],
  },
  {
    name: 'another program with the same flag',
    kind: 'odd',
    given: {
      manifests: consoleWith({ image: 'registry.example.com/shop/web:1', args: ['--enable-skip-login'] }),
    },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: consoleWith({ image, command: [], args: '--enable-skip-login' }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
