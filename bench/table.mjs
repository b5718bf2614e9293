const HEAD = ['what', 'measured', 'unit', 'OpenSpec', 'budget', 'verdict']

/** A table of `{ what, value, unit, peer, budget, least }`; a row without a budget is shown for comparison. */
export function formatRows(rows) {
  const cells = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...cells.map(row => row[column].length)))
  return cells
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cellsOf({ what, value, unit, peer, budget, least = false }) {
  const sign = least ? '≥' : '≤'
  const limit = budget === undefined ? '' : `${sign} ${budget}`
  return [
    what,
    short(value),
    unit,
    peer === undefined ? '' : short(peer),
    limit,
    verdictOf({ value, budget, least }),
  ]
}

function verdictOf({ value, budget, least }) {
  if (budget === undefined) return ''
  return (least ? value >= budget : value <= budget) ? 'met' : 'MISSED'
}

function short(value) {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 100 ? 2 : 0)
}
