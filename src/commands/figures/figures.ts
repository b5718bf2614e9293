import type { Command } from 'commander'
import type { Context } from '../../adapters/context.ts'
import { addVerb } from '../../cli/program.ts'
import { addBind } from './bind.ts'
import { addCheck } from './check.ts'
import { addList } from './list.ts'
import { addMeasure } from './measure.ts'
import { addProve } from './prove.ts'
import { addReconcile } from './reconcile.ts'
import { addRename } from './rename.ts'
import { addResolve } from './resolve.ts'

export function addFigures(program: Command, context: Context, exit: (code: number) => void): void {
  const figures = addVerb(program, {
    usage: 'figures',
    summary: 'measured values: what they are and what the texts say of them',
    example: 'opsx figures measure\nopsx figures measure tests --trust',
  })
  const verbs = [addList, addMeasure, addCheck, addReconcile, addBind, addProve, addRename, addResolve]
  for (const add of verbs) add(figures, context, exit)
}
