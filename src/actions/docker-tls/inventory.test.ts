import { describe, expect, it } from 'vitest'
import { inventory } from '../../../test/kit/docker-tls-inventory.js'
import { parseInventory, renderInventory } from './inventory.js'

describe('inventory.json', () => {
  it('comes back as it was written', () => {
    expect(parseInventory(renderInventory(inventory), 'f')).toEqual(inventory)
  })

  const text = renderInventory(inventory)
  it.each<[string, string]>([
    ['nothing', ''],
    ['cut off', text.slice(0, text.length / 2)],
    ['a list', '[]'],
    ['another version', text.replace('"version": 1', '"version": 2')],
    ['no authority', text.replace('"authority"', '"other"')],
    ['a relative path', text.replace('/etc/docker/daemon.json', 'daemon.json')],
    ['a time that is none', text.replace('2031-01-01T00:00:00.000Z', 'soon')],
    ['a restart of an unknown kind', text.replace('"systemd"', '"magic"')],
    ['no address', text.replace(/"endpoints": \[[^\]]*\]/, '"endpoints": []')],
    ['a state that is none', text.replace('"current"', '"fine"')],
    ['a place of an unknown kind', text.replace('"context"', '"cloud"')],
  ])('%s is refused by the name of the file', (_name, broken) => {
    expect(() => parseInventory(broken, '/ca/inventory.json')).toThrow(
      /\/ca\/inventory\.json is not the inventory/,
    )
  })
})
