import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionEventRateLimit } from './apiserver-admission-event-rate-limit.js'
import { apiserverWith } from './example-apiserver.js'

const ON = '--enable-admission-plugins=EventRateLimit'
const FILE = '--admission-control-config-file=/etc/kubernetes/admission.yaml'
const HEAD = 'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n'
const LIMITS =
  '{apiVersion: eventratelimit.admission.k8s.io/v1alpha1, kind: Configuration, limits: [{type: Server, qps: 50}]}'
const withPlugins = (plugins: string) => ({ files: { '/etc/kubernetes/admission.yaml': HEAD + plugins } })

checkTests(apiserverAdmissionEventRateLimit, [
  {
    name: 'off by default',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'low', path: 'EventRateLimit', fix: 'patch' }],
  },
  {
    name: 'off, beside a file about another plug-in',
    kind: 'failing',
    given: apiserverWith(
      ['--enable-admission-plugins=NodeRestriction', FILE],
      withPlugins(`- name: PodSecurity\n  path: psa.yaml\n`),
    ),
    expect: [{ result: 'fail', fix: 'patch' }],
  },
  {
    name: 'switched off by name',
    kind: 'failing',
    given: apiserverWith(['--disable-admission-plugins=EventRateLimit']),
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  {
    name: 'on, with its limits',
    kind: 'passing',
    given: apiserverWith([ON, FILE], withPlugins(`- name: EventRateLimit\n  configuration: ${LIMITS}\n`)),
    expect: [],
  },
  {
    name: 'on without any file',
    kind: 'odd',
    given: apiserverWith([ON]),
    expect: [{ result: 'fail', message: /does not start/, path: 'EventRateLimit', line: 11, fix: 'patch' }],
  },
  {
    name: 'on, and the file speaks of others',
    kind: 'odd',
    given: apiserverWith([ON, FILE], withPlugins(`- name: PodSecurity\n  path: psa.yaml\n`)),
    expect: [{ result: 'fail', message: /does not start/ }],
  },
  {
    name: 'on, and its file was not read',
    kind: 'unknown',
    given: apiserverWith([ON, FILE], withPlugins(`- name: EventRateLimit\n  path: /srv/limits.yaml\n`)),
    expect: [
      { result: 'unknown', reason: 'no-source', message: /`\/srv\/limits.yaml` of plug-in EventRateLimit/ },
    ],
  },
  ...unseenRows('kube-apiserver'),
])
