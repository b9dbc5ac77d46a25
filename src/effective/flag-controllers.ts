import { asString, type Estate, type Setting } from '../model/index.js'
import { readDocument, type DocumentPlace } from '../text/index.js'
import type { ComponentStart } from './component-start.js'
import type { ComponentView } from './component.js'
import { flagComponentViews, type DerivedSettings, type FlagComponent } from './flag-component.js'
import type { FlagSettings } from './flag-settings.js'
import { referencedFile } from './referenced-file.js'
import { unseenControlPlane } from './unseen-control-plane.js'

/** A component that makes nothing of its flags but their values. */
function plain(component: 'kube-controller-manager' | 'kube-scheduler'): FlagComponent {
  return {
    component,
    defaults: (minor) => ({
      table: '1.36',
      ...(minor === undefined ? {} : { minor }),
      override: () => undefined,
    }),
    derive: () => ({ settings: [] }),
  }
}

/** One view for each controller manager, as `apiserversOf` gives API servers. */
export function controllerManagersOf(estate: Estate): ComponentView[] {
  return viewsOf(estate, plain('kube-controller-manager'))
}

/** One view for each scheduler, likewise. */
export function schedulersOf(estate: Estate): ComponentView[] {
  return viewsOf(estate, { ...plain('kube-scheduler'), derive: profilingOfFile })
}

function viewsOf(estate: Estate, kind: FlagComponent): ComponentView[] {
  const seen = flagComponentViews(estate, kind)
  return [...seen, ...unseenControlPlane(estate, kind.component, seen)]
}

const SCHEDULER_CONFIGURATION = ['v1', 'v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1'].map((version) => ({
  kind: 'KubeSchedulerConfiguration',
  apiVersion: `kubescheduler.config.k8s.io/${version}`,
}))

/**
 * With --config the file decides about profiles, and on is its default; the flag is then not looked at.
 * Source: kubernetes v1.36.3 cmd/kube-scheduler/app/options/options.go, Config;
 * pkg/scheduler/apis/config/v1/defaults.go, SetDefaults_KubeSchedulerConfiguration.
 */
function profilingOfFile(start: ComponentStart, flags: FlagSettings): DerivedSettings {
  const path = asString(flags.settings.get('config')?.value) ?? ''
  if (path === '') return { settings: [] }
  const file = referencedFile(start, path)
  const read =
    file?.text === undefined
      ? undefined
      : readDocument(file.text, SCHEDULER_CONFIGURATION, (config) => ({
          on: config.boolean('enableProfiling'),
          place: config.placeOf('enableProfiling'),
        }))
  if (file === undefined || read?.value === undefined) return { settings: [], unknown: ['profiling'] }
  const { on, place } = read.value
  return { settings: [inFile(start, flags, { path: file.path, on, place })] }
}

function inFile(
  start: ComponentStart,
  flags: FlagSettings,
  { path, on, place }: { path: string; on: boolean | undefined; place: DocumentPlace },
): Setting {
  const flag = flags.given.has('profiling') ? flags.settings.get('profiling') : undefined
  const where = { file: path, line: place.line, column: place.column, path: ['enableProfiling'] }
  const overridden =
    flag === undefined ? [] : [{ value: flag.value, source: flag.source }, ...flag.overridden]
  const common = { setting: 'profiling', value: on ?? true, overridden }
  if (on !== undefined) {
    return {
      ...common,
      source: { kind: 'file', ...where },
      origin: { kind: 'file', host: start.host, ...where },
    }
  }
  const detail = `\`${path}\` does not say \`enableProfiling\`, which is on by default`
  const origin = {
    kind: 'default',
    component: start.component,
    detail,
    place: { file: path, host: start.host },
  } as const
  return { ...common, source: { kind: 'default', described: start.described }, origin }
}
