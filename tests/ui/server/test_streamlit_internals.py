"""What the screens rely on in Streamlit beyond its public interface: each test names what a new release changed."""

from __future__ import annotations

import inspect
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ClientState_pb2 import ContextInfo
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.testing.v1 import AppTest
from streamlit.typing import UploadedFile
from streamlit.web.server.starlette.starlette_routes import BASE_ROUTE_UPLOAD_FILE, create_upload_routes

from cs_dash.ui.server import developer_features, index_html, style, upload_stream
from cs_dash.ui.server.media_sessions import MEDIA
from cs_dash.ui.server.script_run import PageMessage, whole_page

ROOT = Path(__file__).resolve().parents[3]
STATIC = Path(st.__file__).parent / "static"


@cache
def scripts() -> str:
    """Return all JavaScript that Streamlit gives to a browser."""
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(STATIC.rglob("*.js")))


def test_the_run_of_a_script_tells_its_page_and_its_browser() -> None:
    """`server/script_run.py` reads them from the context of the run."""
    assert callable(get_script_run_ctx)
    names = {*ScriptRunContext.__dataclass_fields__, *dir(ScriptRunContext)}
    assert {"page_script_hash", "is_history_navigation", "context_info"} <= names
    assert "url" in ContextInfo.DESCRIPTOR.fields_by_name


def test_a_message_of_a_page_says_which_part_of_it_is_to_run() -> None:
    """`server/script_run.py` reads it, and makes a run of the whole page of it."""
    message = BackMsg()
    message.rerun_script.query_string = "a=b"
    message.rerun_script.fragment_id = "part"
    message.rerun_script.is_auto_rerun = True
    payload = message.SerializeToString()
    assert PageMessage.of(payload) == PageMessage("rerun_script", "a=b", "part")
    assert PageMessage.of(whole_page(payload)) == PageMessage("rerun_script", "a=b", "")
    assert PageMessage.of(b"\xff\xff") is None
    kinds = {field.name for field in BackMsg.DESCRIPTOR.fields}
    assert {"rerun_script", "backend_operation_request", "file_urls_request"} <= kinds


def run() -> None:
    import streamlit as st

    from cs_dash.ui.server.script_run import script_run

    st.session_state["run"] = script_run()


def test_a_script_knows_its_run_and_nothing_else_has_one() -> None:
    from cs_dash.ui.server.script_run import script_run

    assert script_run() is None
    app = AppTest.from_function(run, default_timeout=30).run()
    assert app.session_state["run"].page_id is not None
    assert app.session_state["run"].from_history is False


def test_the_first_html_has_the_places_where_ours_is_put() -> None:
    """`server/index_html.py` names the server, the title and the style sheet in Streamlit's own HTML."""
    html = (STATIC / "index.html").read_text(encoding="utf-8")
    for place in ("<head>", "<title>Streamlit</title>", "</body>"):
        assert html.count(place) == 1, f"index.html of Streamlit has no single {place} any more"
    assert len(index_html.FONT.findall(html)) == 1, "Streamlit does not preload its typeface as it did"


def test_the_browser_asks_the_page_where_its_server_is() -> None:
    """`server/index_html.py` sets `window.__streamlit.BACKEND_BASE_URL`; else every deep link asks twice in vain."""
    assert re.search(r"__streamlit\b", scripts())
    assert "BACKEND_BASE_URL" in scripts(), "Streamlit's browser code does not read BACKEND_BASE_URL any more"


def test_uploads_come_in_where_they_are_taken() -> None:
    """`server/upload_stream.py` takes the file out of the PUT request to Streamlit's upload route."""
    assert f"/{BASE_ROUTE_UPLOAD_FILE.strip('/')}/" == upload_stream.UPLOAD_ROUTE
    assert {"runtime", "upload_mgr", "base_url"} == set(inspect.signature(create_upload_routes).parameters)
    source = inspect.getsource(create_upload_routes)
    assert '"PUT"' in source
    assert "request.form" in source, "Streamlit does not read an upload as a form any more"
    assert {"name", "size", "getvalue"} <= {*dir(UploadedFile), *UploadedFile.__init__.__code__.co_names}


def test_streamlit_forgets_the_uploads_of_a_session_that_ends() -> None:
    """`server/upload_stream.py` forgets its own files then, too; the session's id is a part of the upload's address."""
    assert "remove_session_files(self.id)" in inspect.getsource(AppSession.shutdown)
    assert isinstance(inspect.getattr_static(Runtime, "uploaded_file_mgr"), property)
    (url,) = MemoryUploadedFileManager("/upload").get_upload_urls("session", ["rows.csv"])
    assert url.upload_url.startswith("/upload/session/")
    assert "session_id" in ScriptRunContext.__dataclass_fields__


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\.(st[A-Z]\w+)|data-testid=\"(\w+)\"", style.css()))))
def test_the_style_sheet_styles_what_streamlit_draws(name: tuple[str, str]) -> None:
    """The style sheet names elements by Streamlit's class names and test ids."""
    text = name[0] or name[1]
    assert text in scripts(), f"Streamlit does not draw {text} any more"


def test_the_grids_own_export_has_the_name_by_which_it_is_hidden() -> None:
    assert 'button[aria-label^="Download as CSV"]' in style.css()
    assert len(re.findall("Download as CSV", scripts())) == 1, "Streamlit's grid does not export as it did"
    for name in ("Show data", "Copy Vega-Lite spec"):
        assert f'button[aria-label^="{name}"]' in style.css()
        assert name in scripts(), f"Streamlit does not offer {name} any more"


def test_the_configuration_sets_options_that_there_are() -> None:
    """`runner.postScriptGC` is hidden: an option that is gone would be passed over in silence."""
    chosen = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    options = config._config_options_template
    for section in ("server", "browser", "runner", "client"):
        missing = [name for name in chosen[section] if f"{section}.{name}" not in options]
        assert not missing, f"Streamlit has no option {missing} in [{section}] any more"
    assert options["runner.postScriptGC"].default_val is True, "Streamlit's default has changed: is the option needed?"


def test_everything_that_a_browser_may_ask_for_was_looked_at() -> None:
    """`server/developer_features.py` lets through what a page needs; what a new Streamlit adds it leaves out."""
    messages = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert messages - developer_features.MESSAGES == {
        *("clear_cache", "set_run_on_save", "load_git_info", "debug_disconnect_websocket", "debug_shutdown_runtime")
    }
    operations = {field.name for field in BackendOperationRequest.DESCRIPTOR.oneofs_by_name["payload"].fields}
    assert operations - developer_features.OPERATIONS == {"install_skills", "dismiss_skills_nudge"}
    assert messages >= developer_features.MESSAGES
    assert operations >= developer_features.OPERATIONS


def test_nobody_develops_also_after_the_configuration_is_read_anew() -> None:
    switch_on = developer_features.switch_off()
    config.get_config_options(force_reparse=True, options_from_flags={"server.headless": False})
    off = config.get_option("server.headless")
    switch_on()
    config.get_config_options(force_reparse=True)
    assert off is True


def test_html_is_taken_from_an_object_and_pages_from_files() -> None:
    assert {"body", "width", "unsafe_allow_javascript"} <= set(inspect.signature(st.html).parameters)
    assert "_repr_html_" in (st.html.__doc__ or "")
    assert {"page", "title", "url_path", "default"} <= set(inspect.signature(st.Page).parameters)


def test_the_server_takes_routes_a_lifespan_and_middleware() -> None:
    """`app.py` starts Streamlit as an ASGI application with our own routes before its own."""
    assert {"lifespan", "routes", "middleware"} <= set(inspect.signature(st.App).parameters)


def test_a_file_of_a_page_is_known_by_its_session_and_its_content() -> None:
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    assert {"_lock", "_files_by_session_and_coord", "_deferred_ids_by_session"} <= set(vars(manager))
    assert manager._files_by_session_and_coord == {}
    assert manager._deferred_ids_by_session == {}
    file_id = manager._storage.load_and_get_id(b"a,b", "text/csv", MediaFileKind.DOWNLOADABLE, "x.csv")
    assert manager._storage.get_url(file_id) == f"{MEDIA}{file_id}.csv"
    file = manager.read_file(file_id)
    assert file is not None
    assert file.content == b"a,b"
