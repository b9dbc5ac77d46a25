import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-objects.js'
import { secretInCommand } from './secret-in-command.js'

const given = (container: object): { manifests: string } => ({ manifests: deploymentWith(container) })
const probe = (handler: object): { manifests: string } => given({ livenessProbe: handler })
const TOKEN = ['gh', 'p_', 'q7Zr2LmX9vTb4KcN8sWd1YhJ6fGp3EaU5oRi'].join('')

checkTests(secretInCommand, [
  {
    name: 'a flag with its value',
    kind: 'failing',
    given: given({ args: ['--verbose', '--db-password=hunter2'] }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        message: /^`args` \(`db-password`\) of container `app` holds a literal of 7/,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a flag and its value in the next word',
    kind: 'failing',
    given: given({ command: ['mysql', '--password', 'hunter2'] }),
    expect: [{ result: 'fail', message: /command/ }],
  },
  {
    name: 'a token in a script',
    kind: 'failing',
    given: given({ command: ['sh', '-c', `git clone https://x:${TOKEN}@github.com/a/b`] }),
    expect: [{ result: 'fail', message: /GitHub token/ }],
  },
  {
    name: 'a probe that logs in',
    kind: 'failing',
    given: probe({ exec: { command: ['mysqladmin', 'ping', '-p', 'hunter2'] } }),
    expect: [{ result: 'fail', message: /livenessProbe/ }],
  },
  {
    name: 'the header of a probe',
    kind: 'failing',
    given: probe({
      httpGet: { port: 80, httpHeaders: [{ name: 'Authorization', value: 'Basic YWRtaW46aHVudGVyMg==' }] },
    }),
    expect: [{ result: 'fail', message: /livenessProbe/ }],
  },
  {
    name: 'an annotation',
    kind: 'failing',
    given: {
      manifests: deploymentWith({}).replace(
        'labels: {',
        `annotations: { example.com/notes: ${TOKEN} }, labels: {`,
      ),
    },
    expect: [{ result: 'fail', message: /^annotation `example.com\/notes`/ }],
  },
  {
    name: 'files, variables and names',
    kind: 'passing',
    given: given({
      command: ['sh', '-c', 'psql -U app "$DATABASE_URL"'],
      args: ['--password-file=/run/p', '--token=$(TOKEN)', '--secret-name=db', '--tls-secret', 'shop-tls'],
    }),
    expect: [],
  },
  {
    name: 'what Prometheus and Istio are told',
    kind: 'odd',
    given: {
      manifests: deploymentWith({}).replace(
        'labels: {',
        'annotations: { prometheus.io/scrape: "true", vault.hashicorp.com/agent-inject-secret-db: secret/data/db, checksum/secret: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 }, labels: {',
      ),
    },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: given({ args: '--password=hunter2' }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
