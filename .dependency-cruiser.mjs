// Who may import whom. `npm run check:architecture` runs it; test/architecture proves that every rule catches something.
// A rule for a folder that does not exist fails the gate: add the rule with the folder, remove it with the folder.
import { ALLOWED_LICENCES } from './scripts/build/licences.mjs'
import { findChecks } from './scripts/generate/find-checks.mjs'

/** What each folder of src/ may import besides itself. cli and src/index.ts may import everything. */
const LAYERS = {
  model: [],
  text: ['model'],
  kube: ['model', 'text'],
  docker: ['model', 'text'],
  runtimes: ['model', 'text'],
  pki: ['model', 'text'],
  certificates: ['model', 'text', 'kube', 'pki', 'kubeconfig'],
  kubeconfig: ['model', 'text', 'pki'],
  reports: ['model', 'text', 'upgrade'],
  sources: ['model', 'text', 'kube', 'docker', 'runtimes', 'pki'],
  effective: ['model', 'text', 'kube', 'docker'],
  cel: ['text'],
  access: ['model', 'text', 'kube', 'cel'],
  client: ['model', 'text', 'pki', 'kube', 'kubeconfig', 'access'],
  spdy: ['model'],
  'port-forward': ['model', 'text', 'kube', 'kubeconfig', 'client', 'spdy'],
  proxy: ['model', 'text', 'kube', 'kubeconfig', 'client'],
  mint: ['model', 'text', 'kube', 'kubeconfig', 'access', 'client'],
  probe: ['model', 'text', 'docker', 'pki'],
  serve: ['model', 'text', 'kube', 'cel', 'access'],
  checks: ['model', 'kube', 'docker', 'runtimes', 'pki', 'certificates', 'kubeconfig', 'effective', 'access'],
  policy: ['model', 'text'],
  upgrade: ['model', 'text', 'kube', 'docker', 'runtimes', 'effective', 'access', 'pki'],
  audit: ['model', 'text', 'kube', 'docker', 'runtimes', 'effective', 'checks'],
  benchmarks: ['model', 'checks'],
  'user-checks': ['model', 'text', 'kube', 'cel', 'effective', 'checks', 'policy'],
  verify: ['model', 'text', 'kube', 'pki', 'sources'],
  actions: [
    'model',
    'text',
    'kube',
    'docker',
    'runtimes',
    'pki',
    'kubeconfig',
    'sources',
    'effective',
    'access',
    'client',
    'probe',
    'checks',
    'audit',
    'upgrade',
  ],
}

/** Node's modules that reach outside of the process. */
const OUTSIDE =
  '^(node:)?(fs|fs/promises|child_process|cluster|dgram|dns|http|http2|https|net|os|process|readline|repl|tls|vm|worker_threads)$'

const ENTRIES = ['^src/cli/main\\.ts$', '^src/index\\.ts$']
const TESTS = '\\.test\\.ts$'
const folder = (name) => `^src/${name}/`
const escape = (file) => `^${file.replaceAll('.', '\\.')}$`

/** The rules for the project at `root`; only the list of checks depends on it. */
export function architecture(root) {
  return {
    forbidden: [
      ...Object.entries(LAYERS).map(([name, allowed]) => ({
        name: `${name}-imports`,
        comment: `src/${name} may import ${allowed.join(', ') || 'no other folder'}. Move the shared idea down to the layer that owns it, or pass the value in as a parameter.`,
        severity: 'error',
        from: { path: folder(name), pathNot: TESTS },
        to: { path: '^src/', pathNot: [name, ...allowed].map(folder) },
      })),
      {
        name: 'only-through-the-door',
        comment:
          "Import the other folder's index.ts; if what you need is missing there, export it, and ask why it was inside.",
        severity: 'error',
        from: { path: '^src/([^/]+)', pathNot: TESTS },
        // The folders of src/actions are doors of their own: what is planned and what acts are loaded apart. So is the part
        // of src/kubeconfig that opens files.
        to: {
          path: '^src/[^/]+/',
          pathNot: [
            '^src/$1/',
            '^src/[^/]+/index\\.ts$',
            '^src/actions/[^/]+/index\\.ts$',
            '^src/kubeconfig/disk/index\\.ts$',
            // Audits need not load what upgrades are told with.
            '^src/reports/upgrade/index\\.ts$',
          ],
        },
      },
      {
        name: 'no-check-imports-a-check',
        comment:
          'Move what both checks need into src/kube or src/effective, by its meaning, or into a file of the area.',
        severity: 'error',
        from: { path: folder('checks'), pathNot: [TESTS, '^src/checks/catalogue\\.ts$'] },
        to: { path: findChecks(root).map(({ file }) => escape(file)) },
      },
      {
        name: 'no-source-imports-a-source',
        comment:
          'Sources know nothing of one another; only the files directly in src/sources put them together. What several of them need is in src/sources/objects, src/text or src/kube.',
        severity: 'error',
        from: { path: '^src/sources/([^/]+)/', pathNot: TESTS },
        to: {
          path: '^src/sources/[^/]+/',
          pathNot: ['^src/sources/$1/', '^src/sources/objects/index\\.ts$'],
        },
      },
      {
        name: 'source-only-through-its-door',
        comment: "Import the source's index.ts; what it does not export is its own affair.",
        severity: 'error',
        from: { path: '^src/sources/[^/]+\\.ts$', pathNot: TESTS },
        to: { path: '^src/sources/[^/]+/', pathNot: '^src/sources/[^/]+/index\\.ts$' },
      },
      {
        name: 'no-input-output-in-the-core',
        comment:
          'Only src/sources, src/client, src/probe, src/verify, src/serve, src/proxy, src/port-forward, src/kubeconfig/disk, src/actions and src/cli touch files, processes and the network. Take the text as a parameter and let the caller read it.',
        severity: 'error',
        // ip-address.ts asks node:net whether a text is an address, and opens nothing.
        from: {
          path: '^src/',
          pathNot: [
            TESTS,
            folder('sources'),
            folder('client'),
            folder('probe'),
            folder('verify'),
            folder('serve'),
            folder('proxy'),
            folder('port-forward'),
            folder('cli'),
            folder('kubeconfig/disk'),
            folder('actions'),
            '^src/text/ip-address\\.ts$',
          ],
        },
        to: { path: OUTSIDE },
      },
      {
        name: 'plans-touch-nothing',
        comment:
          'A plan is data made of data, so that it can be shown before anything happens. What reads and acts is beside it.',
        severity: 'error',
        from: {
          path: [
            '^src/actions/edit/',
            '^src/actions/[^/]+/plan\\.ts$',
            '^src/actions/[^/]+/plan-[^/]+\\.ts$',
          ],
          pathNot: TESTS,
        },
        to: { path: OUTSIDE },
      },
      {
        name: 'commands-load-what-they-run',
        comment:
          'Use `await import(...)` inside the action: `rampart --help` must not wait for checks, sources and reports.',
        severity: 'error',
        from: { path: folder('cli'), pathNot: TESTS },
        to: {
          path: [
            'sources',
            'effective',
            'access',
            'client',
            'proxy',
            'port-forward',
            'probe',
            'verify',
            'certificates',
            'serve',
            'checks',
            'policy',
            'user-checks',
            'audit',
            'reports',
            'upgrade',
            'actions',
          ].map(folder),
          dependencyTypesNot: ['dynamic-import', 'type-only', 'pre-compilation-only'],
        },
      },
      {
        name: 'nothing-imports-tests',
        comment: 'Move what the product needs out of the test; a test is no place for it.',
        severity: 'error',
        from: { path: '^src/', pathNot: TESTS },
        to: { path: ['^test/', TESTS] },
      },
      {
        name: 'nothing-imports-the-cli',
        comment:
          'The command line is the outermost layer. Move the function to the layer that it belongs to.',
        severity: 'error',
        from: { path: '^src/', pathNot: [folder('cli'), TESTS] },
        to: { path: folder('cli') },
      },
      {
        name: 'no-cycles',
        comment:
          'Two files that need each other hold one idea, or a third one: merge them, or move the shared part out. Types alone may point back.',
        severity: 'error',
        from: { path: '^src/' },
        to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      },
      {
        name: 'no-orphans',
        comment: 'Nothing imports this file and it imports nothing: use it or delete it.',
        severity: 'error',
        from: { orphan: true, path: '^src/', pathNot: [TESTS] },
        to: {},
      },
      {
        name: 'everything-is-reachable',
        comment: 'Neither the command line nor the library leads here: use the file or delete it.',
        severity: 'error',
        from: { path: ENTRIES },
        to: { path: '^src/', pathNot: [TESTS, ...ENTRIES], reachable: false },
      },
      {
        name: 'every-import-resolves',
        comment: 'The imported file or package does not exist: write the path with .js, or add the package.',
        severity: 'error',
        from: { path: '^src/' },
        to: { couldNotResolve: true },
      },
      {
        name: 'development-tools-stay-outside',
        comment: 'This package is for tests and scripts; it must not get into the bundle.',
        severity: 'error',
        from: { path: '^src/', pathNot: TESTS },
        to: {
          path: ['esbuild', 'eslint', 'fast-check', 'prettier', 'typescript', 'vitest'].map(
            (name) => `(^|/)node_modules/${name}/`,
          ),
        },
      },
      {
        name: 'licences-that-may-ship',
        comment: 'Everything is bundled: only packages whose licence allows that. Choose another package.',
        severity: 'error',
        from: { path: '^src/', pathNot: TESTS },
        to: {
          path: '(^|/)node_modules/',
          licenseNot: `^(${ALLOWED_LICENCES.map((name) => name.replaceAll('.', '\\.')).join('|')})$`,
        },
      },
    ],
    options: {
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^data/' },
      // Types count: a type from the wrong folder is a dependency too.
      tsPreCompilationDeps: 'specify',
      tsConfig: { fileName: 'tsconfig.json' },
    },
  }
}

export default architecture(import.meta.dirname)
