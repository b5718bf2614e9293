import type { VerbGroup } from '../verb.ts'
import { bindVerb } from './bind.ts'
import { checkVerb } from './check.ts'
import { listVerb } from './list.ts'
import { measureVerb } from './measure.ts'
import { proveVerb } from './prove.ts'
import { reconcileVerb } from './reconcile.ts'
import { renameVerb } from './rename.ts'
import { resolveVerb } from './resolve.ts'

export const figuresVerb: VerbGroup = {
  usage: 'figures',
  summary: 'measured values, and the texts that claim them',
  about:
    'Values of openspec/figures.yaml and their record in openspec/figures.lock.json. Only measure runs commands, each after a person has accepted it.',
  example: 'opsx figures measure\nopsx figures measure tests --trust',
  verbs: [listVerb, measureVerb, checkVerb, reconcileVerb, bindVerb, proveVerb, renameVerb, resolveVerb],
}
