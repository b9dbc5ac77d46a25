import { describe, expect, it } from 'vitest'
import { deprecatedRequestOf } from './apiserver-facts.js'

describe('deprecatedRequestOf', () => {
  it.each([
    [
      'apiserver_requested_deprecated_apis{group="policy",removed_release="1.25",resource="poddisruptionbudgets",subresource="",version="v1beta1"} 1',
      {
        group: 'policy',
        version: 'v1beta1',
        resource: 'poddisruptionbudgets',
        subresource: '',
        removedIn: '1.25',
      },
    ],
    ['apiserver_requested_deprecated_apis{group="policy",resource="x",version="v1beta1"} 0', undefined],
    ['apiserver_requested_deprecated_apis{group="policy"', undefined],
    ['# HELP apiserver_requested_deprecated_apis [STABLE] Gauge', undefined],
    ['apiserver_request_total{group="policy"} 1', undefined],
  ])('%s', (line, expected) => {
    expect(deprecatedRequestOf(line)).toEqual(expected)
  })
})
