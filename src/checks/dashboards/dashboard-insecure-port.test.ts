import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardInsecurePort } from './dashboard-insecure-port.js'
import { consoleWith, DASHBOARD as image } from './example-console.js'

checkTests(dashboardInsecurePort, [
  {
    name: 'on all addresses',
    kind: 'failing',
    given: {
      manifests: consoleWith({ image, args: ['--insecure-port=9090', '--insecure-bind-address=0.0.0.0'] }),
    },
    expect: [{ result: 'fail', severity: 'high', line: 15, fix: 'patch' }],
  },
  {
    name: 'the port alone',
    kind: 'failing',
    given: { manifests: consoleWith({ image, args: ['--insecure-port=9090'] }) },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'port 0, and loopback',
    kind: 'odd',
    given: {
      manifests: `${consoleWith({ image, args: ['--insecure-port', '0', '--insecure-bind-address=0.0.0.0'] })}---
${consoleWith({ image, args: ['--insecure-port=9090', '--insecure-bind-address=127.0.0.1'] }).replaceAll('name: console', 'name: other')}`,
    },
    expect: [],
  },
  {
    name: 'neither is set',
    kind: 'passing',
    given: { manifests: consoleWith({ image, args: [] }) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: consoleWith({ image, args: [9090] }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
