import { DatePicker } from "antd";
import dayjs from "dayjs";

interface Props {
  id?: string;
  label?: string;
  /** A day as the API writes it: 2026-03-01. */
  value?: string | null | undefined;
  onChange?: (day: string | null) => void;
  min?: string | undefined;
}

/** A calendar day, typed or picked; its value is the text that the API takes. */
export function DayInput({ id, label, value, onChange, min }: Props) {
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { "aria-label": label, placeholder: label })}
      {...(min === undefined ? {} : { minDate: dayjs(min) })}
      style={{ width: label === undefined ? "100%" : 150 }}
      value={value ? dayjs(value) : null}
      onChange={(day: dayjs.Dayjs | null) => onChange?.(day ? day.format("YYYY-MM-DD") : null)}
    />
  );
}

/** Today where the reader is. */
export function today(): string {
  return dayjs().format("YYYY-MM-DD");
}
