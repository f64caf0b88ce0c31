import { DeleteOutlined, EditOutlined, LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { Tag } from "@lingqu/ui";
import { Button } from "antd";

import { useNames } from "../../../lib/names";
import { pictureURL } from "../../../lib/picture-url";
import type { Picture } from "../api/pictures";

interface Props {
  picture: Picture;
  place: number;
  count: number;
  isBusy: boolean;
  onDrag: (id: number | null) => void;
  onDrop: () => void;
  onMove: (place: number) => void;
  onDescribe: () => void;
  onRemove: () => void;
}

/** One picture of the album: dragged by hand or moved by its buttons, so that no pointer is needed. */
export function AlbumPicture({ picture, place, count, isBusy, ...on }: Props) {
  const { t } = useT("skus");
  const names = useNames();
  const words = names(picture.alt_zh, picture.alt_en);
  const number = { place: place + 1 };
  return (
    <li
      className="lq-album-picture"
      draggable
      onDragStart={() => {
        on.onDrag(picture.id);
      }}
      onDragEnd={() => {
        on.onDrag(null);
      }}
      onDragOver={(event) => {
        event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        on.onDrop();
      }}
    >
      <img src={pictureURL(picture.id, "small")} alt={words || t("picture.numbered", number)} draggable={false} />
      {place === 0 && (
        <span className="lq-album-cover">
          <Tag tone="info">{t("picture.cover")}</Tag>
        </span>
      )}
      <p className={words ? "lq-small" : "lq-small lq-soft"}>{words || t("picture.noWords")}</p>
      <div className="lq-album-tools">
        <Button
          size="small"
          type="text"
          icon={<LeftOutlined />}
          aria-label={t("picture.earlier", number)}
          disabled={isBusy || place === 0}
          onClick={() => {
            on.onMove(place - 1);
          }}
        />
        <Button
          size="small"
          type="text"
          icon={<RightOutlined />}
          aria-label={t("picture.later", number)}
          disabled={isBusy || place === count - 1}
          onClick={() => {
            on.onMove(place + 1);
          }}
        />
        <Button
          size="small"
          type="text"
          icon={<EditOutlined />}
          aria-label={t("picture.describe", number)}
          onClick={on.onDescribe}
        />
        <Button
          size="small"
          type="text"
          danger
          icon={<DeleteOutlined />}
          aria-label={t("picture.remove", number)}
          disabled={isBusy}
          onClick={on.onRemove}
        />
      </div>
    </li>
  );
}
