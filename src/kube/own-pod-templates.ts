import type { JsonPath, KubeObject } from '../model/index.js'

/** Where the user says that a kind keeps the template of its pods; `*` is every member of a list or mapping. */
export interface OwnPodTemplate {
  /** `Worker.example.com` */
  readonly kind: string
  readonly path: JsonPath
}

/** The same objects; those of the kinds that the user names know where their pods are. */
export function withOwnPodTemplates(
  objects: readonly KubeObject[],
  templates: readonly OwnPodTemplate[],
): readonly KubeObject[] {
  if (templates.length === 0) return objects
  const paths = new Map<string, JsonPath[]>()
  for (const { kind, path } of templates) paths.set(kind, [...(paths.get(kind) ?? []), path])
  return objects.map((object) => {
    const own = paths.get(`${object.ref.kind}.${object.ref.group}`)
    return own === undefined ? object : { ...object, podTemplatePaths: own }
  })
}
