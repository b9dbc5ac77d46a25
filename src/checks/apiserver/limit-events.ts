import type { Edit, Fix, JsonObject } from '../../model/index.js'
import type { StartChange } from '../../effective/index.js'
import type { ComponentSubject } from '../define-check.js'
import { advice } from '../precondition.js'

const PLUGIN = 'EventRateLimit'
const FLAG = 'admission-control-config-file'
const BREAKS = 'without its configuration the API server does not start; with too low a limit events are lost'

/** Far above what a cluster writes that is well; a namespace that floods is held, and the others are not. */
const LIMITS: JsonObject = {
  apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1',
  kind: 'Configuration',
  limits: [
    { type: 'Server', qps: 5000, burst: 20000 },
    { type: 'Namespace', qps: 50, burst: 100, cacheSize: 2000 },
  ],
}

const FILE = `# Limits of events, far above what a cluster writes that is well: a namespace that floods is held, the others are not.
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: ${PLUGIN}
  configuration:
    apiVersion: eventratelimit.admission.k8s.io/v1alpha1
    kind: Configuration
    limits:
    - {type: Server, qps: 5000, burst: 20000}
    - {type: Namespace, qps: 50, burst: 100, cacheSize: 2000}
`

/**
 * The change that limits events: the plug-in and its configuration together, because the API server does not start with
 * the one alone. `on`: the plug-in is switched on already.
 */
export function limitEvents(apiserver: ComponentSubject, on: boolean): Fix {
  const byHand = advice(
    `Write a Configuration of eventratelimit.admission.k8s.io, name it in the file of --${FLAG}, and add ${PLUGIN} to --enable-admission-plugins in the same change.`,
    { breaks: BREAKS },
  )
  const configured = configuration(apiserver)
  const flag = on ? {} : plugins(apiserver)
  if (configured === undefined || flag === undefined) return byHand
  const words = `Limit how many events are written, with the admission plug-in ${PLUGIN} and its configuration in one change.`
  const fix = apiserver.changeStart?.({ ...configured, set: flag }, words)
  return fix === undefined ? byHand : { ...fix, breaks: BREAKS }
}

/** A new file, or an entry in the file that the API server reads. */
function configuration(apiserver: ComponentSubject): StartChange | undefined {
  const given = apiserver.string(FLAG)
  if (!given.known) return undefined
  if (given.value === '') return { files: [{ flag: FLAG, name: 'admission.yaml', text: FILE }] }
  const file = apiserver.file?.(given.value)
  // An entry of the plug-in that names no limits is for its author to mend.
  if (file?.text === undefined || file.text.includes(PLUGIN)) return undefined
  const edit: Omit<Edit, 'host'> = {
    file: file.path,
    op: 'append',
    path: ['plugins'],
    value: { name: PLUGIN, configuration: LIMITS },
  }
  return { edits: [edit] }
}

/** `--enable-admission-plugins` with the plug-in; undefined where another flag decides. */
function plugins(apiserver: ComponentSubject): StartChange['set'] | undefined {
  const [others, off, replaced] = [
    'enable-admission-plugins',
    'disable-admission-plugins',
    'admission-control',
  ].map((name) => {
    const fact = apiserver.strings(name)
    return fact.known ? fact.value : []
  })
  if ((replaced ?? []).length > 0 || (off ?? []).includes(PLUGIN)) return undefined
  return { 'enable-admission-plugins': [...(others ?? []), PLUGIN] }
}
