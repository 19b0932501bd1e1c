import { currentLocale } from './index'

const cache = new Map<string, Intl.DateTimeFormat>()

function format(kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${currentLocale()} ${kind}`
  const known = cache.get(key) ?? new Intl.DateTimeFormat(currentLocale(), options)
  cache.set(key, known)
  return known
}

export function clockTime(ms: number): string {
  return format('clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms)
}

/** To the second, for a log. */
export function preciseTime(ms: number): string {
  return format('precise', { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(ms)
}

export function fullTime(ms: number): string {
  return format('full', { dateStyle: 'full', timeStyle: 'short' }).format(ms)
}

export function dayName(ms: number, now: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear()
  return sameYear
    ? format('day', { weekday: 'long', month: 'long', day: 'numeric' }).format(ms)
    : format('day-year', { year: 'numeric', month: 'long', day: 'numeric' }).format(ms)
}

export function shortDate(ms: number): string {
  return format('short', { dateStyle: 'medium', timeStyle: 'short' }).format(ms)
}

/** "3 minutes ago", in words. */
export function ago(ms: number, now: number): string {
  const relative = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' })
  const minutes = Math.round((ms - now) / 60_000)
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
  const hours = Math.round(minutes / 60)
  return Math.abs(hours) < 24 ? relative.format(hours, 'hour') : relative.format(Math.round(hours / 24), 'day')
}

export function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0)
}

/** "30 seconds", "5 minutes". */
export function duration(seconds: number): string {
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour']
  return new Intl.NumberFormat(currentLocale(), { style: 'unit', unit: String(unit), unitDisplay: 'long' }).format(Number(value))
}

/** How long something has gone on, in its largest unit that fits: "3 days", "5 hours", "40 seconds". */
export function span(seconds: number): string {
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [seconds / 60, 'minute'] : seconds < 86_400 ? [seconds / 3600, 'hour'] : [seconds / 86_400, 'day']
  return new Intl.NumberFormat(currentLocale(), { style: 'unit', unit: String(unit), unitDisplay: 'long', maximumFractionDigits: 0 }).format(Math.floor(Number(value)))
}
