"""What every shape shares, and how loosely typed input is described without being judged here."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Self, TypeVar
from uuid import UUID

from fastapi.responses import Response
from pydantic import AfterValidator, BaseModel, ConfigDict, WithJsonSchema, model_validator
from pydantic.alias_generators import to_camel

from cleanit_app import routes
from cleanit_app.reads.photos.photos import PhotoView

Moment = Annotated[datetime, AfterValidator(lambda at: at.astimezone(UTC))]
Item = TypeVar("Item")

# Services check what people send and name every problem in words; here it is only described for readers.
Text = Annotated[Any, WithJsonSchema({"type": "string"})]
MaybeText = Annotated[Any, WithJsonSchema({"type": ["string", "null"]})]
Whole = Annotated[Any, WithJsonSchema({"type": "integer"})]
Degrees = Annotated[Any, WithJsonSchema({"type": ["number", "null"]})]
Truth = Annotated[Any, WithJsonSchema({"type": "boolean"})]


class In(BaseModel):
    """A body that comes in; fields that are missing are for the service to name."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


class Out(BaseModel):
    """A body that goes out, made from a read model or a row."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)

    @classmethod
    def of(cls, thing: object, **more: Any) -> Self:
        """This shape of a thing, with what the thing itself does not know."""
        known = {name: getattr(thing, name) for name in cls.model_fields if hasattr(thing, name)}
        return cls.model_validate(known | more)


class PageOut(Out, Generic[Item]):
    """Some items and the cursor for the ones after them."""

    items: list[Item]
    next_cursor: str | None


class ProblemOut(BaseModel):
    """A refusal."""

    error: str
    detail: str
    fields: dict[str, str] | None = None


class PhotoSizeOut(Out):
    """One public size of a photo; width in px."""

    width: int
    url: str


class PhotoOut(Out):
    """A photo's public sizes, without any metadata."""

    id: UUID
    sizes: list[PhotoSizeOut]
    width: int
    height: int
    taken_at: Moment | None
    received_at: Moment

    @model_validator(mode="before")
    @classmethod
    def _with_addresses(cls, view: Any) -> Any:
        if not isinstance(view, PhotoView):
            return view
        sizes = [{"width": w, "url": f"{routes.photo(view.base_key)}/{w}.webp"} for w in view.widths]
        return {**view.__dict__, "sizes": sizes}


class PhotosOut(Out):
    """Before and after; after is null until there is one to see."""

    before: PhotoOut
    after: PhotoOut | None


class PlaceOut(Out):
    """Degrees."""

    latitude: float
    longitude: float


def place_out(place: tuple[float, float] | None) -> PlaceOut | None:
    """A place with named halves."""
    return PlaceOut(latitude=place[0], longitude=place[1]) if place else None


def file_of(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """How the contract describes an answer that is a file of one of these kinds."""
    schema = {"type": "string", "format": "binary"}
    return {200: {"description": "The file", "content": {kind: {"schema": schema} for kind in kinds}}}


def answer(body: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The body as JSON; private unless the headers say otherwise."""
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(body.model_dump_json(by_alias=True), status, kept, "application/json")
