import { onSessionLost } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useEffect, useState } from "react";

import { SignInForm } from "../../features/session/parts/sign-in-form";
import { meQuery, useMe } from "../../lib/me";

/** The session ended while somebody worked: ask for the password above the page, so that no input is lost. */
export function SessionGate() {
  const { t } = useT("session");
  const me = useMe();
  const queries = useQueryClient();
  const [isLost, setLost] = useState(false);
  useEffect(
    () =>
      onSessionLost(() => {
        setLost(true);
      }),
    [],
  );
  const resume = async () => {
    const now = await queries.query({ ...meQuery, staleTime: 0 });
    if (now.user_id !== me.user_id) {
      // Another person: nothing of the former one may stay on the screen.
      location.assign("/");
      return;
    }
    setLost(false);
    await queries.invalidateQueries();
  };
  return (
    <Modal
      open={isLost}
      footer={null}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      title={t("lost")}
      destroyOnHidden
    >
      <p className="lq-soft">{t("lostHint")}</p>
      <SignInForm login={me.login} onDone={() => void resume()} />
    </Modal>
  );
}
