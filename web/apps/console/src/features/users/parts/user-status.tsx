import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { User } from "../api/users";

const TONE: Record<User["status"], Tone> = { active: "good", locked: "bad", closed: "neutral" };

export function UserState({ status }: { status: User["status"] }) {
  const { t } = useT("users");
  return <Tag tone={TONE[status]}>{t(`status.${status}`)}</Tag>;
}
