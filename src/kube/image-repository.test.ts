import { describe, expect, it } from 'vitest'
import { imageReference } from './image-repository.js'

describe('imageReference', () => {
  it.each<[string, string, string, string | undefined, string | undefined]>([
    ['nginx', 'docker.io', 'library/nginx', undefined, undefined],
    ['nginx:1.29', 'docker.io', 'library/nginx', '1.29', undefined],
    ['index.docker.io/grafana/grafana:12', 'docker.io', 'grafana/grafana', '12', undefined],
    ['host:5000/img', 'host:5000', 'img', undefined, undefined],
    ['localhost/a/b:c', 'localhost', 'a/b', 'c', undefined],
    ['registry.example/a:1', 'registry.example', 'a', '1', undefined],
    ['quay.io/a/b:1@sha256:ff', 'quay.io', 'a/b', '1', 'sha256:ff'],
    ['', 'docker.io', 'library/', undefined, undefined],
  ])('%s', (image, registry, repository, tag, digest) => {
    expect(imageReference(image)).toEqual({
      registry,
      repository,
      ...(tag === undefined ? {} : { tag }),
      ...(digest === undefined ? {} : { digest }),
    })
  })
})
