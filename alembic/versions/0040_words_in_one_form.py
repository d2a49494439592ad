"""Campaigns are found by words in one normal form, by their towns and PIN codes, and by words a slip away.

Words were made by PostgreSQL from title and address; now Cleanit writes them, for it alone knows how Hindi is spelled.
The vocabulary holds the words of campaigns that are or were public, and nothing of those that were not let in.
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op
from cleanit_app.services.campaigns.campaign_words import campaign_words

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

AT_ONCE = 500
OLD_WORDS = "to_tsvector('simple'::regconfig, title || ' ' || address)"


def upgrade() -> None:
    """Go forward."""
    op.execute("ALTER TABLE campaigns ALTER COLUMN words DROP EXPRESSION")
    op.execute(
        """CREATE FUNCTION one_letter_less(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
             SELECT array_agg(DISTINCT overlay(word PLACING '' FROM n FOR 1)) || word
             FROM generate_series(1, char_length(word)) n $$"""
    )
    op.execute(
        """CREATE TABLE search_vocabulary (
             word varchar(200) COLLATE "C" NOT NULL, slips text[] NOT NULL,
             CONSTRAINT ck_search_vocabulary_slips_few CHECK (cardinality(slips) <= 201),
             CONSTRAINT pk_search_vocabulary PRIMARY KEY (word))"""
    )
    op.create_index("ix_search_vocabulary_slips", "search_vocabulary", ["slips"], postgresql_using="gin")
    op.execute(
        r"""CREATE FUNCTION campaigns_search_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             INSERT INTO search_vocabulary (word, slips)
               SELECT w, one_letter_less(w) FROM unnest(tsvector_to_array(NEW.words)) w
               WHERE w !~ '^[#@+0-9]' AND char_length(w) BETWEEN 2 AND 200 ORDER BY w COLLATE "C" ON CONFLICT DO NOTHING;
             RETURN NULL; END $$"""
    )
    op.execute(
        """CREATE TRIGGER campaigns_search_words AFTER INSERT OR UPDATE OF words, activated_at ON campaigns FOR EACH ROW
           WHEN (NEW.activated_at IS NOT NULL AND NEW.words IS NOT NULL) EXECUTE FUNCTION campaigns_search_words()"""
    )
    _write_words()
    op.create_check_constraint(op.f("ck_campaigns_words_few"), "campaigns", "length(words) <= 20000")


def _write_words() -> None:
    here = op.get_bind()
    last = "00000000-0000-0000-0000-000000000000"
    page = sa.text(
        """SELECT id, title, address, latitude, longitude FROM campaigns
           WHERE id > CAST(:last AS uuid) ORDER BY id LIMIT :size"""
    )
    write = sa.text("UPDATE campaigns SET words = CAST(:words AS tsvector) WHERE id = :id")
    while rows := here.execute(page, {"last": last, "size": AT_ONCE}).all():
        here.execute(write, [{"id": row.id, "words": campaign_words(**_of(row))} for row in rows])
        last = str(rows[-1].id)


def _of(row: sa.Row) -> dict:  # type: ignore[type-arg]  # one row of any shape
    return {name: getattr(row, name) for name in ("title", "address", "latitude", "longitude")}


def downgrade() -> None:
    """Go back: PostgreSQL makes the words again."""
    op.execute("DROP TRIGGER campaigns_search_words ON campaigns")
    op.execute("DROP FUNCTION campaigns_search_words()")
    op.drop_table("search_vocabulary")
    op.execute("DROP FUNCTION one_letter_less(text)")
    op.drop_column("campaigns", "words")
    op.execute(f"ALTER TABLE campaigns ADD COLUMN words tsvector GENERATED ALWAYS AS ({OLD_WORDS}) STORED")
    op.create_index("ix_campaigns_words", "campaigns", ["words"], postgresql_using="gin")
