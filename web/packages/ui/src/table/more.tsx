import { useT } from "@lingqu/i18n";
import { Button } from "antd";
import { useEffect, useEffectEvent, useRef } from "react";

/** The end of what was read: reads on when it comes into view, or on a press. */
export function More({ isLoading, onMore }: { isLoading: boolean; onMore: () => void }) {
  const { t } = useT();
  const place = useRef<HTMLDivElement>(null);
  const more = useEffectEvent(onMore);
  useEffect(() => {
    if (!place.current || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) more();
      },
      { rootMargin: "240px" },
    );
    observer.observe(place.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  return (
    <div ref={place} className="lq-more">
      <Button type="text" loading={isLoading} onClick={onMore}>
        {t("table.more")}
      </Button>
    </div>
  );
}
